import type pg from 'pg';
import type { SettlementStep } from '../../libs/domain/settlement/settlement.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { RunningCopy } from '../stories/running-copy.js';

/**
 * What a step writes of its end waits for an advisory lock that only a spec ever takes alone. The copy's superuser puts this into the copy's own
 * database: no hook is in the product.
 */
const GATES = `
  create function crash_gate() returns trigger language plpgsql security definer set search_path = public as $$
  begin
    perform pg_advisory_xact_lock_shared(hashtextextended(
        s.conversation || '/' || coalesce(to_jsonb(new) ->> 'step', case new.state when 'reversed' then 'reverse' else 'register' end), 0))
      from settlements s where s.company = new.company and s.id = new.settlement;
    return new;
  end $$;
  create trigger crash_gate before insert or update on settlement_steps for each row when (new.state in ('done', 'already')) execute function crash_gate();
  create trigger crash_gate before insert or update on settlement_parts for each row when (new.state in ('done', 'already', 'reversed')) execute function crash_gate();`;

/** A lock that the spec holds in a transaction of its own, so that somebody else has to stop at an exact point. */
export class Hold {
  static readonly #held = new Set<Hold>();

  /** Lets go of all that a story which failed still holds: it must not stop the next one. */
  static async releaseAll(): Promise<void> {
    await Promise.all([...Hold.#held].map((hold) => hold.release()));
  }

  private constructor(
    private readonly client: pg.Client,
    private readonly pid: number,
    private readonly what: string,
  ) {}

  static async prepare(copy: RunningCopy): Promise<void> {
    await copy.rows(GATES);
  }

  static async on(copy: RunningCopy, what: string, sql: string, values: unknown[]): Promise<Hold> {
    const client = await copy.connect();
    client.on('error', () => undefined); // the copy may end before it
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid');
    await client.query('begin');
    await client.query(sql, values);
    const hold = new Hold(client, rows[0]!.pid, what);
    Hold.#held.add(hold);
    return hold;
  }

  /** The row that says that a step, or its order, has had its effect: of the settlement that this conversation will have. */
  static row(copy: RunningCopy, conversation: string, step: SettlementStep): Promise<Hold> {
    return Hold.on(copy, `the row of ${step}`, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${conversation}/${step}`]);
  }

  /** Waits until somebody stands before it. */
  reached(): Promise<unknown> {
    return waitFor(`somebody to wait for ${this.what}`, async () => (await this.client.query('select 1 from pg_locks where not granted and $1 = any(pg_blocking_pids(pid))', [this.pid])).rowCount, 60_000);
  }

  async release(): Promise<void> {
    if (Hold.#held.delete(this)) await this.client.end();
  }
}
