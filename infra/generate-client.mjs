import { generateClient } from './build.mjs';
import { runLauncher } from './launch-failure.mjs';

/** The screens' client of the API alone: for an editor, or for a check in a clone that has not built its screens yet. */
await runLauncher(async () => {
  await generateClient();
  return 0;
});
