import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { writeHistory } from './history-file.js';
import { scenarios } from './scenarios.js';
import { HISTORY_COMPANY, historyConverter } from './test-key.js';

/**
 * Records the histories of scenarios that have none yet:
 * `node --import @swc-node/register/esm-register workflows/histories/record.ts`.
 * It never overwrites one: a red replay is answered with `patched(…)` in the workflow, not with a new recording.
 */
const folder = fileURLToPath(new URL('./conversation/', import.meta.url));
mkdirSync(folder, { recursive: true });

const world = await ScriptedWorld.start(HISTORY_COMPANY, historyConverter());
for (const [name, play] of Object.entries(scenarios)) {
  const file = `${folder}${name}.json`;
  if (existsSync(file)) continue;
  const id = randomUUID();
  await play(world, id);
  const { status } = await world.handleOf(id).describe();
  if (status.name === 'RUNNING') await world.atRest(id);
  writeHistory(file, await world.handleOf(id).fetchHistory());
  process.stdout.write(`recorded ${name}\n`);
}
await world.stop();
