import { hostname } from 'node:os';
import type pg from 'pg';

/** How often a process says that it is alive, in milliseconds. */
export const HEARTBEAT_EVERY_MS = 2_000;
/** A process that has been silent for this long counts as gone, in milliseconds. */
export const HEARTBEAT_STALE_MS = 6_000;

/**
 * Says every two seconds that this process lives and how it is, for `GET /health`. A database that is away is no error here: the
 * silence says it.
 * @param state called for each beat; `fit` is the only good answer
 * @returns stops the beats and takes the row away, so that a clean exit is not seen as a death
 */
export function startHeartbeat(pool: pg.Pool, name: string, state: () => string): () => Promise<void> {
  const instance = `${hostname()}:${process.pid}`;
  const beat = () =>
    pool
      .query({
        name: 'heartbeat',
        text: `insert into process_heartbeats (process, instance, state) values ($1, $2, $3)
          on conflict (process, instance) do update set state = excluded.state, at = now()`,
        values: [name, instance, state()],
      })
      .catch(() => undefined);
  void beat();
  const timer = setInterval(() => void beat(), HEARTBEAT_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await pool
      .query('delete from process_heartbeats where process = $1 and (instance = $2 or at < now() - interval \'1 hour\')', [name, instance])
      .catch(() => undefined);
  };
}
