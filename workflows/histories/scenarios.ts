import { randomUUID } from 'node:crypto';
import { waitFor } from '../../libs/testing/wait-for.js';
import { reply } from '../conversation/client.js';
import { modeEnded, receiptLooked, sayIn, summary } from '../conversation/contract.js';
import type { ScriptedWorld } from '../conversation/scripted-world.js';
import { startOf as noticeStartOf } from '../group-notice/contract.js';
import { orderStatus } from '../status/client.js';
import type { StatusOrderKind } from '../status/contract.js';
import { closeTicket, noteOnTicket, takeTicket, transferTicket } from '../ticket/client.js';
import { tellAnswer } from '../ticket/contract.js';

/** One way a conversation can go whose history must be replayable for ever. Plays it and leaves the workflow at rest or ended. */
type Scenario = (world: ScriptedWorld, conversation: string) => Promise<void>;

const answeredOnce: Scenario = async (world, id) => {
  await world.tell(id, 1);
  await world.did(id, `send ${id}:1`);
};

/** The conversation asks for agents and has a ticket; somebody takes it. */
const withTicket = async (world: ScriptedWorld, id: string): Promise<{ agent: string; close: () => Promise<unknown> }> => {
  const { client } = world.environment;
  const agent = randomUUID();
  world.activities.script(id, (_, call) => ({ state: 'agent', steps: call === 0 ? [{ ticket: 's1' }] : [{ send: `${id}:number` }] }));
  await world.tell(id, 1);
  await world.did(id, `send ${id}:number`);
  const { ref } = world.activities.tickets.openIn(id)!;
  const order = () => ({ command: randomUUID(), actor: agent });
  await takeTicket(client.workflow, ref, order());
  return { agent, close: () => closeTicket(client.workflow, ref, order()) };
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

  'document-then-words': async (world, id) => {
    const steps = [{ send: `${id}:invoice`, media: true as const }, { send: `${id}:words` }];
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ query: 's1' }] : steps }));
    await world.tell(id, 1);
    await world.did(id, `upload ${id}:invoice`);
    await world.did(id, `send ${id}:words`);
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

  'handed-to-agents-and-back': async (world, id) => {
    const { close } = await withTicket(world, id);
    world.activities.script(id, () => ({ state: 'bot', steps: [{ send: `${id}:bye` }] }));
    await close();
    await world.did(id, `send ${id}:bye`);
  },

  'agents-replies': async (world, id) => {
    const { agent } = await withTicket(world, id);
    world.activities.script(id, () => ({ state: 'agent', steps: [], waits: world.activities.tickets.openIn(id)!.ref.number }));
    const requests = [1, 2, 3].map(() => world.activities.tickets.accept(id, agent));
    const conversation = { company: world.company, conversation: id, channel: world.channel };
    await Promise.all(requests.toReversed().map((request) => reply(world.environment.client.workflow, conversation, request)));
    for (const request of requests) await world.did(id, `send ${id}:${request}`);
    await world.tell(id, 2);
    await world.handledUpTo(id, 2);
  },

  'kept-then-offered': async (world, id) => {
    world.activities.script(id, (_, call) => ({ state: call === 0 ? 'silent' : 'agent', steps: call === 1 ? [{ ticket: 's1' }] : [] }));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    await world.handleOf(id).signal(modeEnded);
    await waitFor('the agents', async () => (await world.handleOf(id).query(summary)).state === 'agent');
  },

  'picture-looked-at': async (world, id) => {
    const receipts = [randomUUID(), randomUUID()];
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ receipt: receipts[0]! }, { receipt: receipts[1]!, step: 's2' }] : [{ send: `${id}:received` }] }));
    await world.tell(id, 1);
    await world.did(id, 'decide 1');
    await world.handleOf(id).signal(receiptLooked, 's2');
    await world.did(id, `send ${id}:received`);
    await sayIn(world.environment.client.workflow, { company: world.company, conversation: id, channel: world.channel }, `${id}:told`);
    await world.did(id, `send ${id}:told`);
  },

  'picture-nobody-can-tell': async (world, id) => {
    const receipt = randomUUID();
    world.activities.script(id, (_, call) => ({ steps: call === 0 ? [{ receipt, step: 's1' }] : [{ send: `${id}:pending` }] }));
    await world.tell(id, 1);
    await world.environment.sleep('3m');
    await world.did(id, `send ${id}:pending`);
  },

  'idle-with-ticket': async (world, id) => {
    const { close } = await withTicket(world, id);
    await world.environment.sleep('20 days');
    world.activities.script(id, () => ({ state: 'bot', steps: [] }));
    await close();
    await waitFor('the bot', async () => (await world.handleOf(id).query(summary)).state === 'bot');
    await world.environment.sleep('15 days');
  },
};

/** One way a ticket can go; answers its number. By the name of the file in `ticket/`. */
export const ticketScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<number>>> = {
  'taken-transferred-closed': async (world) => {
    const { client, tickets, ref } = await aTicket(world);
    const [carla, diego] = [randomUUID(), randomUUID()];
    const by = (actor: string) => ({ command: randomUUID(), actor });
    await takeTicket(client, ref, by(carla));
    await noteOnTicket(client, ref, by(carla));
    await transferTicket(client, ref, { ...by(carla), to: { agent: diego } });
    await transferTicket(client, ref, { ...by(diego), to: { department: randomUUID() } });
    delete tickets.tickets.get(ref.ticket)!.department;
    await takeTicket(client, ref, by(diego));
    await closeTicket(client, ref, by(diego));
    await world.environment.sleep('4 days');
    return ref.number;
  },

  'alarm-raised': async (world) => {
    const { client, ref } = await aTicket(world);
    await takeTicket(client, ref, { command: randomUUID(), actor: randomUUID() });
    await world.environment.sleep('11m');
    return ref.number;
  },

  'continued-as-new': async (world) => {
    const { client, ref } = await aTicket(world);
    const actor = randomUUID();
    await takeTicket(client, ref, { command: randomUUID(), actor });
    for (let notes = 0; notes < 90; notes++) await noteOnTicket(client, ref, { command: randomUUID(), actor });
    return ref.number;
  },

  'answered-in-the-group': async (world) => {
    const { client, tickets, ref } = await aTicket(world);
    const [first, second, carla] = [randomUUID(), randomUUID(), randomUUID()];
    tickets.groupChannel = world.channel;
    tickets.answers.set(first, carla).set(second, randomUUID());
    for (const answer of [first, second]) {
      await tellAnswer(client, ref, answer);
      await world.did(ref.conversation, `tell group ${ref.conversation}:heard ${answer}`);
    }
    await closeTicket(client, ref, { command: randomUUID(), actor: carla });
    await world.environment.sleep('4 days');
    return ref.number;
  },
};

/** One way a text to a group can go; answers its row's id. By the name of the file in `group-notice/`. */
export const noticeScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<string>>> = {
  'sent-when-back': async (world) => {
    const group = randomUUID();
    const message = `${group}:notice`;
    world.activities.failingSends.set(message, 2);
    await aNotice(world, message);
    await world.environment.sleep('12h');
    await world.did(group, `tell group ${message}`);
    return message;
  },

  expired: async (world) => {
    const group = randomUUID();
    const message = `${group}:notice`;
    world.activities.failingSends.set(message, 100);
    await aNotice(world, message);
    await world.environment.sleep('25h');
    await world.did(group, `expire ${message}`);
    return message;
  },
};

const aNotice = ({ company, channel, environment }: ScriptedWorld, message: string) =>
  environment.client.workflow.start('groupNotice', noticeStartOf({ company, channel, message }));

const aTicket = async (world: ScriptedWorld) => {
  const { tickets } = world.activities;
  const { ref } = await tickets.add(world.company, randomUUID());
  return { client: world.environment.client.workflow, tickets, ref };
};

/** One way a status can go; answers its id. By the name of the file in `status/`. */
export const statusScenarios: Readonly<Record<string, (world: ScriptedWorld) => Promise<string>>> = {
  'edited-published-expired': async (world) => {
    const { id, order } = await aStatus(world, 60_000);
    const command = randomUUID();
    world.activities.statuses.of(id).drafts.set(command, (await world.environment.currentTimeMs()) + 3_600_000);
    await order('edit', command);
    await world.environment.sleep('26h');
    return id;
  },

  'cancelled-while-offline': async (world) => {
    const nowMs = await world.environment.currentTimeMs();
    world.activities.statuses.offline = { fromMs: nowMs, untilMs: nowMs + 7_200_000 };
    const { id, order } = await aStatus(world, 0);
    await world.environment.sleep('3m');
    await order('cancel');
    return id;
  },

  'missed-published-removed': async (world) => {
    const nowMs = await world.environment.currentTimeMs();
    world.activities.statuses.offline = { fromMs: nowMs, untilMs: nowMs + 7_200_000 };
    const { id, order } = await aStatus(world, 0);
    await world.environment.sleep('3h');
    await order('publish');
    await waitFor('it is out', () => world.activities.statuses.of(id).state === 'published');
    await order('remove');
    return id;
  },

  'refused-retried-unknown': async (world) => {
    const { id, order } = await aStatus(world, 60_000);
    const { answers } = world.activities.statuses.of(id);
    answers.push({ state: 'failed', cause: 'ack-479' }, ...[1, 2, 3].map(() => ({ state: 'unknown', cause: 'no-ack' }) as const));
    await world.environment.sleep('2m');
    await waitFor('it is refused', () => world.activities.statuses.of(id).state === 'failed');
    await order('retry');
    await world.environment.sleep('26h');
    return id;
  },
};

const aStatus = async (world: ScriptedWorld, inMs: number) => {
  const { id, command } = world.activities.statuses.draft((await world.environment.currentTimeMs()) + inMs);
  const ref = { company: world.company, status: id, channel: world.channel };
  const order = (kind: StatusOrderKind, command: string = randomUUID()) =>
    orderStatus(world.environment.client.workflow, ref, kind, { command, actor: randomUUID() });
  await order('create', command);
  return { id, order };
};
