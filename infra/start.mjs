import { bootstrap } from './bootstrap.mjs';
import { runLauncher } from './launch-failure.mjs';

/** `npm start` and `npm run dev` (`--watch`): from a clean clone to a copy that answers. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const { runCopy } = await import('./run-copy.mjs');
  return runCopy({ watch: process.argv.includes('--watch') });
});
