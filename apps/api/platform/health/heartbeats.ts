import type pg from 'pg';
import { HEARTBEAT_STALE_MS } from '../../../../libs/db/heartbeat.js';
import type { Finding } from './probes.js';

interface Beat {
  process: string;
  state: string;
  ageMs: number;
}

/** Several instances may run: the process is fit while one is alive and none of the living says otherwise. */
function findingOf(beats: readonly Beat[]): Finding {
  const newest = Math.min(...beats.map((beat) => beat.ageMs));
  if (beats.length === 0) return { state: 'gone', detail: 'nunca dio señales' };
  const alive = beats.filter((beat) => beat.ageMs <= HEARTBEAT_STALE_MS);
  if (alive.length === 0) return { state: 'gone', ageMs: newest, detail: `sin señales hace ${Math.round(newest / 1_000)} s` };
  const unfit = alive.find((beat) => beat.state !== 'fit');
  return unfit ? { state: 'unfit', ageMs: newest, detail: unfit.state } : { state: 'fit', ageMs: newest };
}

/** How the processes are that say so in `process_heartbeats`; nothing is known of them while the database is away. */
export async function heartbeatFindings(pool: pg.Pool, names: readonly string[]): Promise<Map<string, Finding>> {
  try {
    const { rows } = await pool.query<Beat>({
      name: 'health-heartbeats',
      text: `select process, state, greatest(0, extract(epoch from clock_timestamp() - at) * 1000)::int as "ageMs"
        from process_heartbeats where process = any($1) and at > now() - interval '1 day'`,
      values: [names],
    });
    return new Map(names.map((name) => [name, findingOf(rows.filter((row) => row.process === name))]));
  } catch {
    return new Map(names.map((name) => [name, { state: 'unknown', detail: 'la base de datos no responde' }]));
  }
}
