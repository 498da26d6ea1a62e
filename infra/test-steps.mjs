import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child.mjs';
import { inRoot, installed } from './paths.mjs';

/** @typedef {import('./progress.mjs').Progress} Progress */
/** @typedef {{ title: string, seconds: number, passed: number, failed: number, failures: string[] }} StepResult */
/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} JsonTest */
/** @typedef {{ name: string, status: string, message: string, assertionResults: JsonTest[] }} JsonFile */

const SHOWN_LINES = 80;

/**
 * A program that says yes or no by its exit code: one test.
 * @param {{ title: string, script: string[], args: string[] }} check
 * @param {NodeJS.ProcessEnv} env
 * @param {Progress} progress
 * @returns {Promise<StepResult>}
 */
export function runCheck({ title, script, args }, env, progress) {
  return timed(title, progress, async () => {
    /** @type {string[]} */
    const said = [];
    const child = await startChild(process.execPath, [installed(...script), ...args], { cwd: inRoot(), env, onLine: (line) => said.push(line) });
    const { code } = await child.exited;
    if (code === 0) return { passed: 1, failed: 0, failures: [] };
    return { passed: 0, failed: 1, failures: [`${title}\n${said.slice(0, SHOWN_LINES).join('\n')}`] };
  });
}

/**
 * The specs of one vitest project. What they print is shown as it comes; the count is vitest's own.
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @param {Progress} progress
 * @returns {Promise<StepResult>}
 */
export function runSpecs(project, env, progress) {
  return timed(`specs: ${project}`, progress, async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'hilo-specs-'));
    const file = path.join(dir, 'report.json');
    const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const onLine = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);
    const child = await startChild(process.execPath, [installed('vitest', 'vitest.mjs'), ...args], { cwd: inRoot(), env, onLine });
    const { code, signal } = await child.exited;
    const result = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, failures: [] };
    rmSync(dir, { recursive: true, force: true });
    if (code === 0 || result.failed > 0) return result;
    return { ...result, failed: 1, failures: [`vitest ${project} terminó mal (${signal ?? `código ${code}`}): ${child.lastLines().join('\n')}`] };
  });
}

/**
 * A file that cannot even be loaded has no tests: it counts as one that failed.
 * @param {{ testResults: JsonFile[] }} report
 */
function count({ testResults }) {
  const failures = [];
  let passed = 0;
  for (const file of testResults) {
    const name = path.relative(inRoot(), file.name);
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    for (const test of failed) failures.push(`${name} › ${test.fullName}\n${test.failureMessages.join('\n')}`);
    if (file.status === 'failed' && failed.length === 0) failures.push(`${name}\n${file.message}`);
  }
  return { passed, failed: failures.length, failures };
}

/**
 * @param {string} title
 * @param {Progress} progress
 * @param {() => Promise<Omit<StepResult, 'title' | 'seconds'>>} work
 * @returns {Promise<StepResult>}
 */
async function timed(title, progress, work) {
  const from = Date.now();
  const outcome = await progress.step(title, work);
  if (outcome.failed > 0) progress.note(`${title}: ${outcome.failed} mal`);
  return { title, seconds: (Date.now() - from) / 1000, ...outcome };
}
