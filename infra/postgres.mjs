import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startChild } from './child.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { freePort } from './ports.mjs';
import { postgresHome } from './postgres-binaries.mjs';
import { createCluster, hasCluster, removeStaleLock } from './postgres-cluster.mjs';
import { ensureRoles } from './postgres-roles.mjs';
import { generateSecrets } from './secrets.mjs';

/** @typedef {import('./child.mjs').Child} Child */
/** @typedef {import('./secrets.mjs').Secrets} Secrets */
/** @typedef {'smart' | 'fast' | 'immediate'} ShutdownMode smart waits for clients, fast rolls them back, immediate is a crash that leaves recovery to the next start */

/**
 * A running PostgreSQL of ours.
 * @typedef {object} Postgres
 * @property {number} pid
 * @property {number} port
 * @property {string} dataDir where the data are: not the folder asked for when `relocated`
 * @property {boolean} relocated
 * @property {{ superuser: string, owner: string, app: string }} urls connections to the database `hilo`
 * @property {Child} child
 * @property {(mode?: ShutdownMode) => Promise<void>} stop
 * @property {() => Promise<void>} kill SIGKILL, as a crash would be
 */

/** @type {Record<ShutdownMode, NodeJS.Signals>} */
const SHUTDOWN_SIGNAL = { smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT' };
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/**
 * Starts PostgreSQL on `dataDir`, making the cluster, the roles and the database `hilo` where they are missing. A second
 * call with the same folder and secrets finds the data of the first. Listens on 127.0.0.1 only.
 * @param {object} options
 * @param {string} options.dataDir made when missing
 * @param {number} [options.port] default: a free one
 * @param {Secrets} [options.secrets] default: new ones, so pass them whenever the cluster is started twice
 * @param {boolean} [options.durable] false turns fsync off: for clusters that a test throws away
 * @param {Record<string, string>} [options.settings] further server settings, such as `{ max_connections: '300' }`
 * @param {import('./child.mjs').LineSink} [options.onLine] takes the server's log
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, port, secrets = generateSecrets(), durable = true, settings = {}, onLine }) {
  const wanted = path.resolve(dataDir);
  mkdirSync(wanted, { recursive: true });
  const home = postgresHome(path.join(wanted, 'cluster'));
  if (!hasCluster(home)) await createCluster(home, secrets.postgresPassword, durable);
  await removeStaleLock(home);
  const listenPort = port ?? (await freePort());
  const args = serverArguments(home.dataDir, listenPort, durable, settings);
  const child = await startChild(path.join(home.native, 'bin', 'postgres'), args, { ...home.user, cwd: '/', onLine });
  await untilReady(child, home.dataDir);
  const urls = await ensureRoles(listenPort, secrets).catch(async (error) => {
    await child.stop(SHUTDOWN_SIGNAL.fast, STOP_TIMEOUT_MS);
    throw error;
  });
  return {
    pid: child.pid,
    port: listenPort,
    dataDir: home.dataDir,
    relocated: home.relocated,
    urls,
    child,
    stop: async (mode = 'fast') => void (await child.stop(SHUTDOWN_SIGNAL[mode], STOP_TIMEOUT_MS)),
    kill: async () => void (await child.stop('SIGKILL', STOP_TIMEOUT_MS)),
  };
}

/**
 * @param {string} dataDir
 * @param {number} port
 * @param {boolean} durable
 * @param {Record<string, string>} settings
 */
function serverArguments(dataDir, port, durable, settings) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_min_messages: 'fatal',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  return ['-D', dataDir, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * The server writes `ready` into its lock file, as pg_ctl reads it: an open port is not enough while it recovers.
 * @param {Child} child
 * @param {string} dataDir
 */
async function untilReady(child, dataDir) {
  const lock = path.join(dataDir, 'postmaster.pid');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && !child.exit()) {
    const lines = existsSync(lock) ? readFileSync(lock, 'utf8').split('\n') : [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await child.stop(SHUTDOWN_SIGNAL.immediate, STOP_TIMEOUT_MS);
  throw new LaunchFailure('PostgreSQL no arrancó: abajo está lo que dijo.', child.lastLines().join('\n'));
}
