import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { messagesArrived, receiptLooked, sayIn } from './contract.js';
import { ScriptedWorld } from './scripted-world.js';

const company = 'acme';
let world: ScriptedWorld;

beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());

describe('the conversation workflow', { timeout: 60_000 }, () => {
  it('settles each number once, in order, whatever the signals do', async () => {
    const id = randomUUID();
    const settled: number[] = [];
    let last = 0;
    world.activities.script(id, ({ upTo }) => {
      for (let seq = last + 1; seq <= upTo; seq++) settled.push(seq);
      last = Math.max(last, upTo);
      return {};
    });
    await Promise.all([3, 1, 2, 5, 5, 4, 2].map((upTo) => world.tell(id, upTo)));
    await world.handledUpTo(id, 5);
    await world.tell(id, 3);
    await world.tell(id, 6);
    await world.handledUpTo(id, 6);
    expect(settled).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('answers a burst once, when the customer has stopped writing', async () => {
    const id = randomUUID();
    world.activities.script(id, () => ({ debounceMs: 2_000 }));
    await world.tell(id, 1, 2_000);
    await world.tell(id, 2, 2_000);
    await world.tell(id, 3, 2_000);
    await world.environment.sleep('5s');
    await world.did(id, `send ${id}:3`);
    expect(world.activities.did(id)).toEqual(['decide 3', `send ${id}:3`]);
  });

  it('sends one answer after the other: what cannot go out yet holds what comes after it', async () => {
    const id = randomUUID();
    world.activities.script(id, () => ({ steps: [{ send: `${id}:a` }, { send: `${id}:b` }] }));
    world.activities.failingSends.set(`${id}:a`, 3);
    await world.tell(id, 1);
    await world.environment.sleep('1 day');
    await world.did(id, `send ${id}:b`);
    expect(world.activities.did(id)).toEqual(['decide 1', `send ${id}:a`, `send ${id}:b`]);
  });

  it('asks the ISP system and decides again with the answer', async () => {
    const id = randomUUID();
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ query: 's1' }] : [{ send: `${id}:balance` }] }));
    await world.tell(id, 1);
    await world.did(id, `send ${id}:balance`);
    expect(world.activities.did(id)).toEqual(['decide 1', 'query s1', 'decide 1', `send ${id}:balance`]);
    expect(world.activities.requests.get(id)!.map((request) => request.answered)).toEqual([[], ['s1']]);
  });

  it('takes up a message that came while an answer was going out', async () => {
    const id = randomUUID();
    world.activities.onSend = async (message) => {
      if (message === `${id}:1`) await world.tell(id, 2);
    };
    await world.tell(id, 1);
    await world.did(id, `send ${id}:2`);
    world.activities.onSend = undefined;
    expect(world.activities.did(id)).toEqual(['decide 1', `send ${id}:1`, 'decide 2', `send ${id}:2`]);
  });

  it('gives up on an answer after a day without a link, says so, and goes on', async () => {
    const id = randomUUID();
    world.activities.failingSends.set(`${id}:1`, Infinity);
    await world.tell(id, 1);
    await world.environment.sleep('25h');
    await world.did(id, `expire ${id}:1`);
    await world.tell(id, 2);
    await world.did(id, `send ${id}:2`);
  });

  it('makes the same decision again when it failed, and loses no message by it', async () => {
    const id = randomUUID();
    let failures = 3;
    world.activities.script(id, () => {
      if (failures-- > 0) throw new Error('database is away');
      return {};
    });
    await world.tell(id, 2);
    await world.environment.sleep('1m');
    await world.did(id, `send ${id}:2`);
    expect(new Set(world.activities.requests.get(id)!.map((request) => request.decision)).size).toBe(1);
  });

  it('ends after seven idle days, and the next message begins a new run that takes up what was left', async () => {
    const id = randomUUID();
    await world.tell(id, 1);
    await world.did(id, `send ${id}:1`);
    await world.environment.sleep('6 days');
    await world.tell(id, 2);
    await world.environment.sleep('6 days');
    expect((await world.handleOf(id).describe()).status.name).toBe('RUNNING');
    await world.environment.sleep('2 days');
    await waitFor('the end', async () => (await world.handleOf(id).describe()).status.name === 'COMPLETED');
    await world.tell(id, 3);
    await world.did(id, `send ${id}:3`);
    expect(world.activities.requests.get(id)!.map((request) => request.firstOfRun)).toEqual([true, false, true]);
  });

  it('continues as new after some fifty messages without losing one that comes just then', async () => {
    const id = randomUUID();
    const runs = new Set<string>();
    for (let upTo = 1; upTo <= 60; upTo++) {
      await world.tell(id, upTo);
      await world.did(id, `decide ${upTo}`); // one by one: a burst would be settled at once and fill no history
      runs.add((await world.handleOf(id).describe()).runId);
    }
    await world.did(id, `send ${id}:60`);
    expect(runs.size).toBeGreaterThan(1);
    expect(world.activities.requests.get(id)!.filter((request) => request.firstOfRun)).toHaveLength(1);
  });

  it('waits to hear what a picture is, two minutes at most, and not at all where nobody has to know', async () => {
    const id = randomUUID();
    const receipts = [randomUUID(), randomUUID(), randomUUID()];
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ receipt: receipts[0]! }, { receipt: receipts[1]!, step: 's2' }] : [{ send: `${id}:received` }] }));
    await world.tell(id, 1);
    await world.did(id, 'decide 1');
    await world.handleOf(id).signal(receiptLooked, 's2');
    await world.did(id, `send ${id}:received`);
    expect(world.activities.did(id)).toEqual(['decide 1', 'looked s2', 'decide 1', `send ${id}:received`]);
    expect(world.activities.requests.get(id)!.map(({ answered }) => answered)).toEqual([[], ['s2']]);
    const silent = randomUUID();
    world.activities.script(silent, (_, call) => ({ steps: call === 0 ? [{ receipt: receipts[2]!, step: 's1' }] : [] }));
    await world.tell(silent, 1);
    await world.did(silent, 'decide 1');
    expect(world.activities.did(silent)).toEqual(['decide 1']);
    await world.environment.sleep('121s');
    await world.did(silent, 'looked s1');
  });

  it('says what something else has to say, in its turn, once, also where it does not run', async () => {
    const id = randomUUID();
    const ref = { company, conversation: id, channel: world.channel };
    world.activities.failingSends.set(`${id}:1`, 1);
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    for (let times = 0; times < 3; times++) await sayIn(world.environment.client.workflow, ref, `${id}:told`);
    await world.environment.sleep('6h');
    await world.did(id, `send ${id}:told`);
    expect(world.activities.did(id)).toEqual(['decide 1', `send ${id}:1`, `send ${id}:told`]);
    const other = randomUUID();
    await sayIn(world.environment.client.workflow, { ...ref, conversation: other }, `${other}:told`);
    await world.did(other, `send ${other}:told`);
    expect(world.activities.did(other)).toEqual([`send ${other}:told`]);
  });

  it('tells operations who speaks', async () => {
    const id = randomUUID();
    world.activities.script(id, () => ({ state: 'owner', steps: [] }));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    const { searchAttributes } = await world.handleOf(id).describe();
    expect(searchAttributes).toMatchObject({ HiloCompany: [company], HiloState: ['owner'] });
  });

  it('stays within 11 history events for an answered message', async () => {
    const id = randomUUID();
    await world.tell(id, 1);
    await world.did(id, `send ${id}:1`);
    const before = await world.atRest(id);
    for (let upTo = 2; upTo <= 6; upTo++) {
      await world.handleOf(id).signal(messagesArrived, upTo);
      await world.did(id, `send ${id}:${upTo}`);
      await world.atRest(id);
    }
    expect(((await world.atRest(id)) - before) / 5).toBeLessThanOrEqual(11);
  });
});
