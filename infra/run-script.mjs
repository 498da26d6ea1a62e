import { spawn } from 'node:child_process';

/**
 * Runs a TypeScript file of tests/ from its source, in this terminal; it finds the built processes in dist.
 * @param {string} script absolute path
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runScript(script, args) {
  const { buildServer } = await import('./build.mjs');
  const { temporalCli } = await import('./temporal-tools.mjs');
  await buildServer();
  const env = { ...process.env, TEMPORAL_CLI: await temporalCli((message) => console.error(message)) };
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', '@swc-node/register/esm-register', script, ...args], { stdio: 'inherit', env });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
}
