import { buildScreens, buildServer } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { onParentGone } from './parent.mjs';
import { Progress } from './progress.mjs';
import { temporalCli, temporalTestServer } from './temporal-tools.mjs';
import { runCheck, runSpecs } from './test-steps.mjs';

/** @typedef {import('./test-steps.mjs').StepResult} StepResult */

const CHECKS = [
  { title: 'tipos', script: ['typescript', 'bin', 'tsc'], args: ['-p', 'tsconfig.check.json', '--noEmit', '--pretty', 'false'] },
  { title: 'lint', script: ['eslint', 'bin', 'eslint.js'], args: ['.'] },
  {
    title: 'límites entre carpetas',
    script: ['dependency-cruiser', 'bin', 'dependency-cruiser.mjs'],
    args: ['--config', '.dependency-cruiser.cjs', 'apps', 'workflows', 'activities', 'libs', 'tests', 'infra', 'ui'],
  },
];
const SPEC_PROJECTS = ['unit', 'stories', 'browser'];

/**
 * Sets up what the specs need, builds, then runs the checks and the specs one after the other: with two cores, two things
 * at once only make both slow, and time limits flaky.
 * @returns {Promise<number>} exit code
 */
export async function runTests() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  onParentGone(() => process.exit(130));
  const progress = new Progress();
  const env = await prepare(progress);
  /** @type {StepResult[]} */
  const results = [];
  for (const check of CHECKS) results.push(await runCheck(check, env, progress));
  for (const project of SPEC_PROJECTS) results.push(await runSpecs(project, env, progress));
  return report(results);
}

/**
 * @param {Progress} progress
 * @returns {Promise<NodeJS.ProcessEnv>} the environment in which the steps run
 */
async function prepare(progress) {
  const TEMPORAL_CLI = await progress.step('Temporal', (say) => temporalCli(say));
  const TEMPORAL_TEST_SERVER = await progress.step('Servidor de pruebas de Temporal', (say) => temporalTestServer(say));
  const CHROMIUM = await progress.step('Chromium', (say) => findChromium(say));
  await progress.step('Programas', () => buildServer());
  await progress.step('Pantallas', () => buildScreens());
  return { ...process.env, TEMPORAL_CLI, TEMPORAL_TEST_SERVER, CHROMIUM, CI: 'true', NO_COLOR: '1', NODE_ENV: 'test' };
}

/**
 * @param {StepResult[]} results
 * @returns {number}
 */
function report(results) {
  console.log('\nSegundos por paso:');
  for (const { title, seconds, passed, failed } of results) {
    console.log(`  ${title.padEnd(24)} ${seconds.toFixed(1).padStart(7)} s   ${passed} bien, ${failed} mal`);
  }
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) console.log(`\nFallaron:\n${failures.map((failure) => `✖ ${failure}`).join('\n')}`);
  const total = (/** @type {'passed' | 'failed'} */ key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
}
