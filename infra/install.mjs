import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { LaunchFailure } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} LockedPackages */

/**
 * Whether node_modules is what package-lock.json says. npm writes its own lock into node_modules when an installation is
 * complete, so an interrupted one is seen, and one made by hand counts.
 */
export function isInstalled() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = lockedPackages(inRoot('package-lock.json'));
  const present = lockedPackages(record);
  return Object.entries(wanted).every(([where, { version, optional }]) => {
    if (where === '') return true;
    return where in present ? present[where]?.version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
const lockedPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** Runs `npm ci`. EBADENGINE warnings under Node 20 are hidden, as the pinned Node 24 comes with the packages. */
export async function installPackages() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, { cwd: inRoot(), stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
  const code = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(npmMissing(error)));
    child.once('close', resolve);
  });
  if (code !== 0) throw new LaunchFailure(explain(said), said);
}

/** @param {Error} error */
function npmMissing(error) {
  return new LaunchFailure('No se encontró npm: instalá Node.js 20 o más nuevo, que lo trae, y volvé a intentar.', error.message);
}

/** @param {string} said what npm wrote */
function explain(said) {
  if (/ENOSPC/.test(said)) return 'No queda espacio en el disco para los paquetes (hacen falta unos 2 GB): liberá lugar y volvé a intentar.';
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRE|ENETUNREACH/.test(said)) {
    return 'npm no llegó al registro de paquetes: revisá la conexión (o el proxy de npm) y volvé a intentar.';
  }
  if (/EACCES|EPERM/.test(said)) return 'npm no puede escribir en node_modules: dale permiso a tu usuario sobre esta carpeta y volvé a intentar.';
  return 'npm no pudo instalar los paquetes: abajo está lo que dijo; «npm ci» muestra todo.';
}
