import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, isInstalled } from './install.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { onParentGone } from './parent.mjs';
import { inRoot } from './paths.mjs';
import { Progress } from './progress.mjs';

const REQUIRED_MAJOR = 24;

/**
 * Prepares the ground for a launcher on some Node ≥ 20: installs the packages when node_modules is not what the lock says,
 * then, under an older Node, runs the launcher again with the Node that came with the packages.
 * Until here nothing but `node:` modules may be imported.
 * @param {string} launcher its import.meta.url
 * @returns {Promise<number | undefined>} the exit code of the second run, or undefined when this process is to go on
 */
export async function bootstrap(launcher) {
  process.chdir(inRoot());
  loadDotEnv();
  if (!isInstalled()) await new Progress().step('Paquetes de npm', () => installPackages());
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return undefined;
  const node = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(node)) {
    throw new LaunchFailure(
      `Hilo necesita Node ${REQUIRED_MAJOR} y no hay uno empaquetado para ${process.platform}-${process.arch}: instalalo de nodejs.org (este es el ${process.version}).`,
    );
  }
  return runAgain(node, fileURLToPath(launcher));
}

/** Settings may be kept in `.env`; what the environment already says wins. */
function loadDotEnv() {
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
}

/**
 * The channel between the two is never written to: when this process dies without a word, the second one sees it close.
 * @param {string} node
 * @param {string} launcher
 * @returns {Promise<number>}
 */
function runAgain(node, launcher) {
  const child = spawn(node, [launcher, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}` },
  });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  onParentGone(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
