import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIST, inRoot } from './paths.mjs';

const NEVER_SOURCES = new Set(['node_modules', '.angular', 'generated', 'dist']);

/**
 * Files below folders (or single files) of the checkout, sorted, relative to it.
 * @param {string[]} entries
 * @param {(file: string) => boolean} [isWanted]
 * @returns {string[]}
 */
export function listFiles(entries, isWanted = () => true) {
  const files = entries.flatMap((entry) => {
    if (!existsSync(inRoot(entry))) return [];
    if (statSync(inRoot(entry)).isFile()) return [entry];
    return listFiles(readdirSync(inRoot(entry)).filter((name) => !NEVER_SOURCES.has(name)).map((name) => path.join(entry, name)));
  });
  return files.filter(isWanted).sort();
}

/**
 * One hash over names and contents: a fresh clone, a touched file or a changed branch give the same for the same content.
 * @param {string[]} files relative to the checkout
 */
export function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(inRoot(file))).update('\0');
  return hash.digest('hex');
}

/** @param {string} name */
const stampFile = (name) => path.join(DIST, `.${name}-stamp`);

/**
 * For those who change dist without a stamp: the next start builds again.
 * @param {string[]} names
 */
export function forgetStamps(...names) {
  for (const name of names) rmSync(stampFile(name), { force: true });
}

/**
 * Does the work unless it was done for the same hash before.
 * @param {string} name of the stamp
 * @param {string} hash
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether there was anything to do
 */
export async function whenStale(name, hash, work) {
  const stamp = stampFile(name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  await work();
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}
