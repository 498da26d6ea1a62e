import { bootstrap } from './bootstrap.mjs';
import { runLauncher } from './launch-failure.mjs';
import { inRoot } from './paths.mjs';

/** `npm run chaos -- --messages N --kills K [--customers C] [--rate PER_SECOND] [--seed S]`: runs tests/chaos/main.ts. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const { runScript } = await import('./run-script.mjs');
  return runScript(inRoot('tests', 'chaos', 'main.ts'), process.argv.slice(2));
});
