import { buildScreens, buildServer } from './build.mjs';
import { runLauncher } from './launch-failure.mjs';

/** Everything into dist, without starting anything: for images. */
await runLauncher(async () => {
  await buildServer();
  await buildScreens();
  return 0;
});
