import { bootstrap } from './bootstrap.mjs';
import { runLauncher } from './launch-failure.mjs';

/** `npm test`: from a clean clone to `N passed, N failed`; the exit code says the same. */
await runLauncher(async () => {
  const code = await bootstrap(import.meta.url);
  if (code !== undefined) return code;
  const { runTests } = await import('./run-tests.mjs');
  return runTests();
});
