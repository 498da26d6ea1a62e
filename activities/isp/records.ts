import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import type { CrmFault } from '../../libs/domain/customers.js';
import { budgetMonthFrom } from '../../libs/domain/isp/connection.js';
import { admits, afterCall, newHealth, probing, type SystemHealth } from '../../libs/domain/isp/health.js';
import { localTimeOf } from '../../libs/domain/time/local-time.js';
import { readHealth, type Connection } from './connections.js';

/** How a call ended, for those who look after the system. Nothing of what was asked or answered. */
export interface CallEnd {
  /** Kind of the question or order. */
  operation: string;
  /** What went wrong; absent: it answered. */
  fault?: CrmFault;
  detail?: string;
  /** Names of fields that no adapter knows. */
  unmapped: readonly { operation: string; fields: readonly string[] }[];
}

/** That a system which works was seen to work is written so often at most. */
const OK_WRITTEN_MS = 30_000;
/** Errors that are kept of a system. */
const MOST_ERRORS = 50;
const LONGEST_DETAIL = 300;

/** What is written of one system of a company: its health, its errors, its requests. */
export class SystemRecords {
  constructor(private readonly deps: { orm: MikroORM; now(): number }, private readonly company: string, private readonly system: string) {}

  /** Whether a call may go out; one that tries whether the system is back keeps others from trying. @returns the fault of one that may not */
  async admission(): Promise<{ admitted: true } | { admitted: false; fault: CrmFault }> {
    return this.#within(async (em) => {
      const seen = await readHealth(em, this.company, this.system);
      if (!seen || seen.state === 'up') return { admitted: true };
      const health = (await readHealth(em, this.company, this.system, 'for update')) ?? seen;
      const admitted = admits(health, this.deps.now());
      if (admitted === 'nothing') return { admitted: false, fault: health.fault ?? 'unavailable' };
      if (admitted === 'probe') await this.#write(em, probing(health, this.deps.now()));
      return { admitted: true };
    });
  }

  /** Writes down how a call ended, and what that says of the system. */
  async ended({ operation, fault, detail = '', unmapped }: CallEnd): Promise<void> {
    await this.#within(async (em) => {
      await this.#judge(em, fault);
      if (fault !== undefined) await this.#note(em, 'fault', operation, fault, detail);
      for (const one of unmapped) await this.#note(em, 'unmapped', one.operation, '', one.fields.join(', '));
      if (fault !== undefined || unmapped.length > 0) await this.#trim(em);
    });
  }

  /**
   * Takes one request of the company's budget for this system, by the company's calendar.
   * @param enforced false: counts only
   * @returns false: it is spent
   */
  async takeRequest({ monthStartsOn }: Pick<Connection, 'monthStartsOn'>, timeZone: string, enforced: boolean): Promise<boolean> {
    const day = localTimeOf(this.deps.now(), timeZone).slice(0, 10);
    const [row] = await this.#within((em) => em.execute<{ taken: boolean }[]>('select isp_take_request(?, ?, ?::date, ?::date, ?) as taken', [
      this.company, this.system, day, budgetMonthFrom(day, monthStartsOn), enforced,
    ]));
    return row!.taken;
  }

  async #judge(em: EntityManager, fault: CrmFault | undefined): Promise<void> {
    const now = this.deps.now();
    const seen = await readHealth(em, this.company, this.system);
    const isNoNews = fault === undefined && seen?.state === 'up' && seen.failures === 0 && now - (seen.okAtMs ?? 0) < OK_WRITTEN_MS;
    if (isNoNews) return;
    if (!seen) {
      await em.execute(
        `insert into isp_health (company, system, since) select company, system, ?::timestamptz from isp_connections where company = ? and system = ?
          on conflict (company, system) do nothing`, [new Date(now), this.company, this.system]);
    }
    const health = await readHealth(em, this.company, this.system, 'for update');
    if (health) await this.#write(em, afterCall(seen ? health : newHealth(now), fault, now));
  }

  async #write(em: EntityManager, { state, sinceMs, failures, successes, fault, okAtMs, probeAtMs }: SystemHealth): Promise<void> {
    const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms));
    await em.execute(
      `update isp_health set state = ?, since = ?::timestamptz, failures = ?, successes = ?, fault = ?, ok_at = coalesce(?::timestamptz, ok_at), probe_at = ?::timestamptz
        where company = ? and system = ?`,
      [state, moment(sinceMs), failures, successes, fault ?? null, moment(okAtMs), moment(probeAtMs), this.company, this.system]);
  }

  async #note(em: EntityManager, kind: 'fault' | 'unmapped', operation: string, fault: string, detail: string): Promise<void> {
    const now = new Date(this.deps.now());
    await em.execute(
      `insert into isp_errors (company, system, kind, operation, fault, detail, first_at, last_at)
        select company, system, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz from isp_connections where company = ? and system = ?
        on conflict (company, system, kind, operation, fault, detail) do update set times = isp_errors.times + 1, last_at = excluded.last_at`,
      [kind, operation, fault, detail.slice(0, LONGEST_DETAIL), now, now, this.company, this.system]);
  }

  async #trim(em: EntityManager): Promise<void> {
    await em.execute(
      `delete from isp_errors e where company = ? and system = ? and (select count(*) from isp_errors n
        where n.company = e.company and n.system = e.system and n.last_at > e.last_at) >= ?`, [this.company, this.system, MOST_ERRORS]);
  }

  #within<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return forCompany(this.deps.orm, this.company, work);
  }
}
