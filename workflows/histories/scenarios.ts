import type { ScriptedWorld } from '../conversation/scripted-world.js';

/** One way a conversation can go whose history must be replayable for ever. Plays it and leaves the workflow at rest or ended. */
type Scenario = (world: ScriptedWorld, conversation: string) => Promise<void>;

const answeredOnce: Scenario = async (world, id) => {
  await world.tell(id, 1);
  await world.did(id, `send ${id}:1`);
};

/** By the name of the file in `conversation/`. A new scenario is added here and recorded; none is ever taken away. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  answered: answeredOnce,

  'burst-debounced': async (world, id) => {
    world.activities.script(id, () => ({ debounceMs: 1_000 }));
    for (const upTo of [1, 2, 3]) await world.tell(id, upTo, 1_000);
    await world.environment.sleep('3s');
    await world.tell(id, 4, 1_000);
    await world.environment.sleep('3s');
    await world.did(id, `send ${id}:4`);
  },

  'signals-out-of-order': async (world, id) => {
    for (const upTo of [3, 1, 2, 5, 4]) await world.tell(id, upTo);
    await world.did(id, `send ${id}:5`);
  },

  'isp-query': async (world, id) => {
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ query: 's1' }] : [{ send: `${id}:balance` }] }));
    await world.tell(id, 1);
    await world.did(id, `send ${id}:balance`);
  },

  'several-sends-one-retried': async (world, id) => {
    world.activities.script(id, () => ({ steps: [{ send: `${id}:a` }, { send: `${id}:b` }] }));
    world.activities.failingSends.set(`${id}:a`, 2);
    await world.tell(id, 1);
    await world.environment.sleep('12h');
    await world.did(id, `send ${id}:b`);
  },

  'send-expired': async (world, id) => {
    world.activities.failingSends.set(`${id}:1`, 100);
    await world.tell(id, 1);
    await world.environment.sleep('25h');
    await world.did(id, `expire ${id}:1`);
  },

  'owner-then-bot': async (world, id) => {
    world.activities.script(id, (_, call) => (call === 0 ? { state: 'owner', steps: [] } : {}));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    await world.tell(id, 2);
    await world.did(id, `send ${id}:2`);
  },

  'decide-retried': async (world, id) => {
    let failures = 2;
    world.activities.script(id, () => {
      if (failures-- > 0) throw new Error('database is away');
      return {};
    });
    await world.tell(id, 1);
    await world.environment.sleep('1m');
    await world.did(id, `send ${id}:1`);
  },

  'continued-as-new': async (world, id) => {
    for (let upTo = 1; upTo <= 50; upTo++) {
      await world.tell(id, upTo);
      await world.did(id, `send ${id}:${upTo}`);
      await world.atRest(id);
    }
  },

  'ended-idle': async (world, id) => {
    await answeredOnce(world, id);
    await world.environment.sleep('8 days');
  },
};
