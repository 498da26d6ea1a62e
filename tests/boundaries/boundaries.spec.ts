import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packages, plantedViolations, surroundings } from './planted-violations.js';

interface Found {
  readonly rule: string;
  readonly file: string;
}

const CONFIG = path.resolve('.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string; comment?: string }[] };

let tree: string;
let found: Found[];

function write(file: string, source: string): void {
  const target = path.join(tree, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${source}\n`);
}

function writePackage(name: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }));
  write(`node_modules/${name}/index.js`, 'export {};');
}

/** Runs the real tool with the real rules over a folder; it exits with the number of errors, so only its report counts. */
function cruise(folder: string): Promise<Found[]> {
  const tool = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [tool, '--config', CONFIG, '--output-type', 'json', 'apps', 'workflows', 'activities', 'libs', 'infra', 'ui'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(stderr || stdout));
      const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
      resolve(summary.violations.map((violation) => ({ rule: violation.rule.name, file: violation.from })));
    });
  });
}

beforeAll(async () => {
  tree = mkdtempSync(path.join(os.tmpdir(), 'hilo-boundaries-'));
  for (const [file, source] of Object.entries(surroundings)) write(file, source);
  for (const { file, source } of plantedViolations) write(file, source);
  packages.forEach(writePackage);
  found = await cruise(tree);
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the boundaries between folders', () => {
  it.each(plantedViolations.map((planted) => [planted.rule, planted.file] as const))('%s is reported in %s', (rule, file) => {
    expect(found).toContainEqual({ rule, file });
  });

  it('are not reported where a rule allows it', () => {
    const planted = new Set(plantedViolations.map(({ file }) => file));
    expect(found.filter(({ file, rule }) => !planted.has(file) && !(rule === 'no-cycles' && file === 'libs/db/right.ts'))).toEqual([]);
  });

  it('each have a planted violation and a reason', () => {
    const planted = new Set(plantedViolations.map(({ rule }) => rule));
    expect(forbidden.filter(({ name, comment }) => !planted.has(name) || !comment)).toEqual([]);
  });
});
