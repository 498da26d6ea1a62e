import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { COMPANY_FILTER } from './entities/company-owned.js';

/**
 * The only way to a company's rows: runs `work` in one transaction that sees and writes this company alone.
 * Two locks hold, each without the other: the entity filter with the write guard, and PostgreSQL's row-level security, which also
 * binds raw SQL.
 * @param company id from the session, the host or the workflow; never from a request's body
 */
export async function forCompany<T>(orm: MikroORM, company: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
  const em = orm.em.fork();
  em.setFilterParams(COMPANY_FILTER, { company });
  return em.transactional(async (inner) => {
    await inner.execute(`select set_config('app.company', ?, true)`, [company]);
    return work(inner);
  });
}
