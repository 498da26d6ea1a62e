import { hostname } from 'node:os';
import pg from 'pg';

/**
 * Health of a process that serves no HTTP: `healthcheck.mjs worker` exits 0 when this container's worker has said within
 * the last seconds that it is fit (libs/db/heartbeat.ts).
 */
const STALE_SECONDS = 10;
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'], connectionTimeoutMillis: 3_000, query_timeout: 3_000 });
try {
  await client.connect();
  const { rows } = await client.query(
    `select state from process_heartbeats
     where process = $1 and starts_with(instance, $2) and at > now() - make_interval(secs => $3) order by at desc limit 1`,
    [process.argv[2], `${hostname()}:`, STALE_SECONDS],
  );
  process.exitCode = rows[0]?.state === 'fit' ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await client.end().catch(() => {});
}
