import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startChild } from './child.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { freePort, waitForPort } from './ports.mjs';
import { temporalCli } from './temporal-tools.mjs';

/** @typedef {import('./child.mjs').Child} Child */

/**
 * A running Temporal server of ours.
 * @typedef {object} Temporal
 * @property {number} pid
 * @property {number} port
 * @property {string} address host:port of the frontend
 * @property {string | undefined} uiUrl undefined when it runs without the Web UI
 * @property {Child} child
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill SIGKILL, as a crash would be
 */

/**
 * Measured in the research on the reply path: the server polls its transfer queue 20 times a second by default, which makes
 * every hop wait up to 50 ms; a queue with one poller should have one partition; eager activities are off before 1.32.
 */
const DYNAMIC_CONFIG = {
  'history.transferProcessorMaxPollRPS': '100',
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
  'system.enableActivityEagerExecution': 'true',
};
/** WAL with FULL doubles the throughput of SQLite's default journal and keeps its durability. */
const SQLITE_PRAGMAS = ['journal_mode=WAL', 'synchronous=FULL'];
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

/**
 * Starts Temporal's local server on a SQLite file in `dataDir`. A second call with the same folder finds the workflows of
 * the first. Listens on 127.0.0.1 only.
 * @param {object} options
 * @param {string} options.dataDir made when missing
 * @param {number} [options.port] default: a free one
 * @param {number} [options.uiPort] default: no Web UI
 * @param {string} [options.codecEndpoint] where its Web UI has payloads opened
 * @param {string} [options.namespace]
 * @param {Record<string, string>} [options.searchAttributes] name → type (`Keyword`, `Int`, …)
 * @param {string} [options.executable] default: found or fetched, see temporal-tools.mjs
 * @param {import('./child.mjs').LineSink} [options.onLine] takes the server's log
 * @returns {Promise<Temporal>}
 */
export async function startTemporal({ dataDir, port, uiPort, codecEndpoint, namespace = 'default', searchAttributes = {}, executable, onLine }) {
  const dir = path.resolve(dataDir);
  mkdirSync(dir, { recursive: true });
  const listenPort = port ?? (await freePort());
  const program = executable ?? (await temporalCli());
  const args = serverArguments({ file: path.join(dir, 'temporal.db'), port: listenPort, uiPort, codecEndpoint, namespace, searchAttributes });
  const child = await startChild(program, args, { cwd: dir, onLine });
  const address = `127.0.0.1:${listenPort}`;
  if (!(await isServing(child, program, address, listenPort, namespace))) {
    await child.stop('SIGTERM', STOP_TIMEOUT_MS);
    throw new LaunchFailure('Temporal no arrancó: abajo está lo que dijo.', child.lastLines().join('\n'));
  }
  return {
    pid: child.pid,
    port: listenPort,
    address,
    uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`,
    child,
    stop: async () => void (await child.stop('SIGTERM', STOP_TIMEOUT_MS)),
    kill: async () => void (await child.stop('SIGKILL', STOP_TIMEOUT_MS)),
  };
}

/**
 * @param {{ file: string, port: number, uiPort: number | undefined, codecEndpoint: string | undefined, namespace: string, searchAttributes: Record<string, string> }} options
 */
function serverArguments({ file, port, uiPort, codecEndpoint, namespace, searchAttributes }) {
  const each = (/** @type {string} */ flag, /** @type {string[]} */ values) => values.flatMap((value) => [flag, value]);
  const pairs = (/** @type {Record<string, string>} */ map) => Object.entries(map).map(([key, value]) => `${key}=${value}`);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
    ...['--db-filename', file, '--log-level', 'error', '--log-format', 'json'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1']),
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
    ...each('--sqlite-pragma', SQLITE_PRAGMAS),
    ...each('--dynamic-config-value', pairs(DYNAMIC_CONFIG)),
    ...each('--search-attribute', pairs(searchAttributes)),
  ];
}

/**
 * The port opens before the namespace is there, and a client that comes in between fails.
 * @param {Child} child
 * @param {string} program
 * @param {string} address
 * @param {number} port
 * @param {string} namespace
 */
async function isServing(child, program, address, port, namespace) {
  const isDead = () => child.exit() !== undefined;
  const deadline = Date.now() + START_TIMEOUT_MS;
  if (!(await waitForPort(port, { timeoutMs: START_TIMEOUT_MS, isDead }))) return false;
  while (Date.now() < deadline && !isDead()) {
    const probe = await startChild(program, ['operator', 'namespace', 'describe', '--namespace', namespace, '--address', address]);
    if ((await probe.exited).code === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
