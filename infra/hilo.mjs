import { spawn } from 'node:child_process';
import { bootstrap } from './bootstrap.mjs';
import { LaunchFailure, runLauncher } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/** `npm run hilo -- <args>`: the operator's commands, with the environment of the copy in DATA_DIR. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const { buildServer } = await import('./build.mjs');
  const { readSettingsOfCopy } = await import('./settings.mjs');
  const { readSecrets } = await import('./secrets.mjs');
  const { operatorEnvironment } = await import('./environment.mjs');
  const settings = readSettingsOfCopy();
  const secrets = readSecrets(settings.dataDir);
  if (!secrets) throw new LaunchFailure(`En ${settings.dataDir} todavía no hay una copia: arrancala con «npm start», o decí con DATA_DIR dónde está.`);
  await buildServer();
  const script = inRoot('dist', 'apps', 'hilo', 'main.js');
  const env = await operatorEnvironment(settings, secrets);
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...process.argv.slice(2)], { stdio: 'inherit', env });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? 1)));
});
