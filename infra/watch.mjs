import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflows, copyAssets, generateClient, SCREENS, SERVER_FOLDERS } from './build.mjs';
import { startChild } from './child.mjs';
import { forgetStamps } from './content-hash.mjs';
import { formatLine } from './log-lines.mjs';
import { DIST, inRoot, installed } from './paths.mjs';

/** @typedef {import('./processes.mjs').Processes} Processes */
/** @typedef {import('./progress.mjs').Progress} Progress */
/** @typedef {import('./pid-files.mjs').ProcessName} ProcessName */

/** @type {ProcessName[]} */
const APPS = ['simulator', 'worker', 'whatsapp', 'api'];
const TSC_READY = /Found (\d+) errors?\. Watching for file changes/;

/**
 * For `npm run dev`: compiles what changes, and starts those processes again whose files came out different.
 * Returns when the first compilation is through; the compilers then go on until this process ends.
 * @param {Processes} processes
 * @param {Progress} progress
 */
export async function watchSources(processes, progress) {
  forgetStamps('server', ...SCREENS);
  let known = builtFiles();
  let turn = Promise.resolve();
  const onCompiled = () => (turn = turn.then(() => apply()).catch((error) => progress.note(`No se pudo aplicar el cambio: ${error}`)));
  const apply = async () => {
    copyAssets();
    const now = builtFiles();
    const changed = [...new Set([...now.keys(), ...known.keys()])].filter((file) => now.get(file) !== known.get(file));
    known = now;
    if (changed.length > 0) await restartWhoUses(changed, processes, progress);
  };
  await new Promise((resolve) => void startCompiler(onCompiled, () => resolve(undefined)));
  await generateClient();
  await Promise.all(SCREENS.map(startScreenBuild));
  progress.note('Mirando los cambios: al guardar un archivo, lo que lo usa arranca de nuevo.');
}

/**
 * @param {() => void} onCompiled called after each compilation without an error
 * @param {() => void} onSettled called after each compilation
 */
async function startCompiler(onCompiled, onSettled) {
  const args = [installed('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput', '--pretty', 'false'];
  const onLine = (/** @type {string} */ line) => {
    const errors = TSC_READY.exec(line)?.[1];
    if (line.trim() !== '') process.stdout.write(`${formatLine('tsc', line)}\n`);
    if (errors === '0') onCompiled();
    if (errors !== undefined) onSettled();
  };
  await startChild(process.execPath, args, { cwd: inRoot(), onLine });
}

/** @param {typeof SCREENS[number]} screen */
async function startScreenBuild(screen) {
  const args = [installed('@angular', 'cli', 'bin', 'ng.js'), 'build', screen, '--watch', '--configuration', 'development'];
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false' };
  const onLine = (/** @type {string} */ line) => {
    if (/error|complete/i.test(line)) process.stdout.write(`${formatLine(screen, line)}\n`);
  };
  await startChild(process.execPath, args, { cwd: inRoot('ui'), env, onLine });
}

/**
 * @param {string[]} changed files relative to dist
 * @param {Processes} processes
 * @param {Progress} progress
 */
async function restartWhoUses(changed, processes, progress) {
  const own = new Set(changed.map((file) => /^apps\/([^/]+)\//.exec(file)?.[1] ?? 'all'));
  const affected = own.has('all') ? APPS : APPS.filter((name) => own.has(name));
  if (changed.some((file) => /^(workflows|libs\/(domain|temporal))\//.test(file))) await bundleWorkflows();
  if (affected.length === 0) return;
  progress.note(`Cambió ${changed.length === 1 ? changed[0] : `${changed.length} archivos`}: arrancan de nuevo ${affected.join(', ')}`);
  await Promise.all(affected.map((name) => processes.restart(name)));
}

/** @returns {Map<string, string>} built file, relative to dist → hash of its content */
function builtFiles() {
  const files = new Map();
  for (const folder of SERVER_FOLDERS) {
    const base = path.join(DIST, folder);
    for (const entry of existsSync(base) ? readdirSync(base, { recursive: true, encoding: 'utf8' }) : []) {
      if (!/\.(js|json|sql)$/.test(entry)) continue;
      files.set(path.posix.join(folder, entry), createHash('sha1').update(readFileSync(path.join(base, entry))).digest('hex'));
    }
  }
  return files;
}
