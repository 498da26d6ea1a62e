import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child.mjs';
import { LaunchFailure } from './launch-failure.mjs';
import { commandLineOf, isAlive, waitUntilGone } from './process-table.mjs';

/** @typedef {import('./postgres-binaries.mjs').PostgresHome} PostgresHome */

const STOP_TIMEOUT_MS = 30_000;

/** @param {PostgresHome} home */
export const hasCluster = (home) => existsSync(path.join(home.dataDir, 'PG_VERSION'));

/**
 * Makes a new cluster: UTF-8, Spanish order by ICU (`--locale=C` would lose `ñ` in trigrams), passwords required of
 * everybody. It is made beside its place and renamed when complete, so that an interrupted start leaves no half one.
 * @param {PostgresHome} home
 * @param {string} superuserPassword
 * @param {boolean} durable
 */
export async function createCluster(home, superuserPassword, durable) {
  if (readdirSync(home.dataDir).length > 0) {
    throw new LaunchFailure(`${home.dataDir} tiene archivos pero no es una base de PostgreSQL: movelos o elegí otra carpeta con DATA_DIR.`);
  }
  const unfinished = `${home.dataDir}.new`;
  const passwordDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-initdb-'));
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    const passwordFile = path.join(passwordDir, 'password');
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
    for (const entry of [unfinished, passwordDir, passwordFile]) giveTo(entry, home.user);
    await runInitdb(home, unfinished, passwordFile, durable);
    rmdirSync(home.dataDir);
    renameSync(unfinished, home.dataDir);
  } finally {
    rmSync(passwordDir, { recursive: true, force: true });
  }
}

/**
 * @param {string} entry
 * @param {PostgresHome['user']} user
 */
function giveTo(entry, { uid, gid }) {
  if (uid !== undefined) chownSync(entry, uid, gid ?? uid);
}

/**
 * @param {PostgresHome} home
 * @param {string} dir
 * @param {string} passwordFile
 * @param {boolean} durable
 */
async function runInitdb(home, dir, passwordFile, durable) {
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const args = ['-D', dir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  args.push(`--locale=${locale}`, '--locale-provider=icu', '--icu-locale=es-AR', ...(durable ? [] : ['--no-sync']));
  const initdb = await startChild(path.join(home.native, 'bin', 'initdb'), args, { ...home.user, cwd: '/' });
  const { code } = await initdb.exited;
  if (code === 0) return;
  const said = initdb.lastLines().join('\n');
  if (/no space left/i.test(said)) throw new LaunchFailure(`No queda espacio en el disco para la base de datos (${dir}): liberá lugar y volvé a intentar.`);
  throw new LaunchFailure(`No se pudo crear la base de datos en ${dir}: abajo está lo que dijo initdb.`, said);
}

/**
 * After a crash of the machine or of the launcher, `postmaster.pid` may name a server that still runs on this folder
 * (it is stopped), or a number that has passed to a stranger (then PostgreSQL would refuse to start, so the file goes).
 * @param {PostgresHome} home
 */
export async function removeStaleLock(home) {
  const lock = path.join(home.dataDir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (isAlive(pid) && commandLineOf(pid)?.includes(home.dataDir)) {
    process.kill(pid, 'SIGINT');
    if (await waitUntilGone(pid, STOP_TIMEOUT_MS)) return;
    throw new LaunchFailure(`Otro PostgreSQL (proceso ${pid}) usa ${home.dataDir} y no se detiene: cerralo y volvé a intentar.`);
  }
  rmSync(lock, { force: true });
}
