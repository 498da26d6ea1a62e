import { randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import type { ScriptedWorld } from '../conversation/scripted-world.js';
import { wakeCallbacks } from '../notice-callbacks/client.js';
import { orderNotices, wakeNotices } from '../notices/client.js';
import type { BatchRef } from '../notices/contract.js';

/** One way a number's day of notices can go; answers its batch. By the name of the file in `notices/`. */
export const batchScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<BatchRef>>> = {
  'fetched-paused-resumed-sent': async (world) => {
    const { batch, ref, order } = aBatch(world, '2026-01-02');
    Object.assign(batch, { waiting: 3, files: 1 });
    await wakeNotices(world.environment.client.workflow, ref);
    await waitFor('its file', () => batch.did.includes('fetch'));
    await order('pause');
    await world.environment.sleep('1h');
    await order('resume');
    await world.environment.sleep('10m');
    return ref;
  },

  'late-decided-cancelled': async (world) => {
    const { batch, ref, order } = aBatch(world, '2026-01-03');
    Object.assign(batch, { waiting: 40, state: 'asking' });
    await wakeNotices(world.environment.client.workflow, ref);
    await world.environment.sleep('2m');
    await order('cancel-one', '7');
    await order('fit');
    await order('cancel');
    return ref;
  },
};

const aBatch = ({ company, channel, activities, environment }: ScriptedWorld, day: string) => {
  const ref = { company, channel, day };
  const order = (kind: 'pause' | 'resume' | 'cancel' | 'fit' | 'cancel-one', notice?: string) =>
    orderNotices(environment.client.workflow, ref, kind, { command: randomUUID(), actor: randomUUID(), ...(notice === undefined ? {} : { notice }) });
  return { batch: activities.notices.of(day), ref, order };
};

/** One way in which a company's system is told. By the name of the file in `notice-callbacks/`. */
export const callbackScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<void>>> = {
  'told-at-the-third-try': async (world) => {
    const { notices } = world.activities;
    notices.callbackWaits.push(5_000, 30_000);
    await wakeCallbacks(world.environment.client.workflow, { company: world.company });
    await world.environment.sleep('2m');
    await waitFor('it is told', () => notices.told === 3);
  },
};
