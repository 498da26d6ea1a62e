import { existsSync, readdirSync } from 'node:fs';
import { bootstrap } from './bootstrap.mjs';
import { LaunchFailure, runLauncher } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/** `npm run bench -- <name> [arguments]`: runs tests/bench/<name>.ts. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const [name, ...args] = process.argv.slice(2);
  const known = existsSync(inRoot('tests', 'bench')) ? readdirSync(inRoot('tests', 'bench')).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')) : [];
  if (!name || !known.includes(`${name}.ts`)) {
    throw new LaunchFailure(`Falta decir qué medir: «npm run bench -- <nombre>», con uno de estos: ${known.map((file) => file.slice(0, -3)).join(', ') || 'ninguno todavía'}.`);
  }
  const { runScript } = await import('./run-script.mjs');
  return runScript(inRoot('tests', 'bench', `${name}.ts`), args);
});
