import { EntityManager } from '@mikro-orm/postgresql';
import { COMPANY_FILTER, companyFilter } from './entities/company-owned.js';

type Row = { company?: unknown };

/**
 * The third part of the first lock: native inserts, upserts and updates pass neither the filter nor the flush that
 * `CompanyWriteGuard` watches, so they are checked here. The query builder and raw SQL are bound by row-level security alone.
 */
export class CompanyEntityManager extends EntityManager {
  override async insert(entity: unknown, data?: unknown, options?: unknown): Promise<never> {
    this.#check(entity, data);
    return super.insert<never>(entity as never, data as never, options as never);
  }

  override async insertMany(entity: unknown, data?: unknown, options?: unknown): Promise<never[]> {
    this.#check(entity, data);
    return super.insertMany<never>(entity as never, data as never, options as never);
  }

  override async upsert(entity: unknown, data?: unknown, options?: unknown): Promise<never> {
    this.#check(entity, data);
    return super.upsert<never>(entity as never, data as never, options as never);
  }

  override async upsertMany(entity: unknown, data?: unknown, options?: unknown): Promise<never[]> {
    this.#check(entity, data);
    return super.upsertMany<never>(entity as never, data as never, options as never);
  }

  /** The filter chooses the rows; here only that none of them is given away to another company. */
  override async nativeUpdate(entity: unknown, where: unknown, data: unknown, options?: unknown): Promise<number> {
    if ((data as Row).company !== undefined) this.#check(entity, data);
    return super.nativeUpdate(entity as never, where as never, data as never, options as never);
  }

  /** MikroORM takes either a class with data, or entities alone. */
  #check(entity: unknown, data: unknown): void {
    const rows = (Array.isArray(data ?? entity) ? (data ?? entity) : [data ?? entity]) as Row[];
    const type = data === undefined ? rows[0]?.constructor : entity;
    if (type === undefined) return;
    const meta = this.getMetadata().get(type as never);
    if (meta.filters[COMPANY_FILTER]?.cond !== companyFilter[COMPANY_FILTER]!.cond) return;
    const parameters: { company: string } | undefined = this.getFilterParams<{ company: string }>(COMPANY_FILTER);
    const allowed = parameters?.company;
    if (allowed === undefined || rows.some((row) => row.company !== allowed)) {
      throw new Error(`A ${meta.className} of another company cannot be written here`);
    }
  }
}
