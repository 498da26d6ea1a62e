import { createHash } from 'node:crypto';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { textArray } from '../../libs/db/text-array.js';
import type { CustomerQuery, QueryResult } from '../../libs/domain/customers.js';
import { customersOf, keepingOf } from '../../libs/domain/isp/keeping.js';
import type { Vault } from '../../libs/vault/vault.js';

/** Something that the system said a while ago. */
export interface Kept {
  answer: QueryResult;
  asOfMs: number;
  /** May be said without asking. */
  fresh: boolean;
}

interface Row {
  answer: Buffer;
  as_of: Date | string;
  fresh: boolean;
}

/** How long what a customer's change makes old is remembered: longer than any question that began before it takes. */
const CHANGE_KEPT_MS = 5 * 60_000;

/** Names a question: the same one, asked of the same connection, has the same key. */
export const questionKey = (query: CustomerQuery): string =>
  createHash('sha256').update(JSON.stringify(Object.entries(query).sort(([one], [other]) => one.localeCompare(other)))).digest('base64url');

/** What one company's system said lately. Personal data: sealed, and ended by `kept_until`. */
export class AnswerCache {
  constructor(
    private readonly deps: { orm: MikroORM; vault: Vault; now(): number },
    private readonly company: string,
    private readonly system: string,
  ) {}

  async read(key: string): Promise<Kept | undefined> {
    const { orm, vault, now } = this.deps;
    const [row] = await forCompany(orm, this.company, (em) => em.execute<Row[]>(
      `select answer, as_of, fresh_until > ? as fresh from isp_cache
        where company = ? and system = ? and key = ? and answer is not null and kept_until > ?`,
      [new Date(now()), this.company, this.system, key, new Date(now())]));
    if (!row) return undefined;
    const plain = (await vault.forCompany(this.company)).open(row.answer, this.#context(key));
    return { answer: JSON.parse(plain.toString()) as QueryResult, asOfMs: new Date(row.as_of).getTime(), fresh: row.fresh };
  }

  /**
   * Keeps an answer as long as its kind allows; what was asked before one of its customers changed is not kept.
   * @param asOfMs when the question began
   */
  async keep(key: string, query: CustomerQuery, answer: QueryResult, asOfMs: number): Promise<void> {
    const keeping = keepingOf(query, answer);
    if (!keeping) return;
    const sealed = (await this.deps.vault.forCompany(this.company)).seal(Buffer.from(JSON.stringify(answer)), this.#context(key));
    const until = [asOfMs + keeping.freshMs, asOfMs + keeping.keptMs].map((ms) => new Date(ms));
    const customers = customersOf(query, answer);
    await forCompany(this.deps.orm, this.company, async (em) => {
      await em.execute('delete from isp_cache where company = ? and kept_until <= ?', [this.company, new Date(this.deps.now())]);
      await em.execute(
        `insert into isp_cache (company, system, key, customers, answer, as_of, fresh_until, kept_until)
          select ?, ?, ?, ?::text[], ?, ?, ?, ? where not exists (select from isp_cache
            where company = ? and system = ? and answer is null and customers && ?::text[] and as_of >= ?)
          on conflict (company, system, key) do update set customers = excluded.customers, answer = excluded.answer, as_of = excluded.as_of,
            fresh_until = excluded.fresh_until, kept_until = excluded.kept_until where isp_cache.as_of <= excluded.as_of`,
        [this.company, this.system, key, textArray(customers), sealed, new Date(asOfMs), ...until, this.company, this.system, textArray(customers), new Date(asOfMs)]);
    });
  }

  /** Something of a customer changes: what was said of them is old from now on. */
  async forget(customer: string): Promise<void> {
    const nowMs = this.deps.now();
    const until = new Date(nowMs + CHANGE_KEPT_MS);
    await forCompany(this.deps.orm, this.company, async (em) => {
      await em.execute('delete from isp_cache where company = ? and system = ? and customers && ?::text[]', [this.company, this.system, textArray([customer])]);
      await em.execute(
        `insert into isp_cache (company, system, key, customers, as_of, fresh_until, kept_until) values (?, ?, ?, ?::text[], ?, ?, ?)
          on conflict (company, system, key) do update set as_of = excluded.as_of, kept_until = excluded.kept_until`,
        [this.company, this.system, `changed/${customer}`, textArray([customer]), new Date(nowMs), until, until]);
    });
  }

  #context(key: string): string {
    return `isp-cache/${this.system}/${key}`;
  }
}
