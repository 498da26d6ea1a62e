import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { bootstrap } from './bootstrap.mjs';
import { LaunchFailure, runLauncher } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/** `npm run bench -- <name> [arguments]`: runs tests/bench/<name>.ts from its source; it finds the built processes in dist. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const [name, ...args] = process.argv.slice(2);
  const known = existsSync(inRoot('tests', 'bench')) ? readdirSync(inRoot('tests', 'bench')).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')) : [];
  if (!name || !known.includes(`${name}.ts`)) {
    throw new LaunchFailure(`Falta decir qué medir: «npm run bench -- <nombre>», con uno de estos: ${known.map((file) => file.slice(0, -3)).join(', ') || 'ninguno todavía'}.`);
  }
  const { buildServer } = await import('./build.mjs');
  const { temporalCli } = await import('./temporal-tools.mjs');
  await buildServer();
  const env = { ...process.env, TEMPORAL_CLI: await temporalCli((message) => console.error(message)) };
  const script = inRoot('tests', 'bench', `${name}.ts`);
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', '@swc-node/register/esm-register', script, ...args], { stdio: 'inherit', env });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
});
