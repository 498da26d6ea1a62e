import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { closeTicket, takeTicket } from '../ticket/client.js';
import { workflowId as ticketId } from '../ticket/contract.js';
import { reply } from './client.js';
import { offerKept, summary, ticketChanged } from './contract.js';
import { ScriptedWorld } from './scripted-world.js';

const company = 'acme';
let world: ScriptedWorld;
let id: string;
const carla = randomUUID();

beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());
beforeEach(() => {
  id = randomUUID();
  world.activities.onSend = undefined;
});

const client = () => world.environment.client.workflow;
const tickets = () => world.activities.tickets;
const say = (agent: string) => reply(client(), { company, conversation: id, channel: world.channel }, tickets().accept(id, agent));
const order = (actor: string) => ({ command: randomUUID(), actor });

/** The conversation asks for a ticket and has it; Carla takes it. */
async function withTicket(): Promise<void> {
  world.activities.script(id, (_, call) => ({ state: 'agent', steps: call === 0 ? [{ ticket: 's1' }] : [] }));
  await world.tell(id, 1);
  await waitFor('the ticket', async () => (await world.handleOf(id).query(summary)).state === 'agent' && tickets().openIn(id) !== undefined);
  await takeTicket(client(), tickets().openIn(id)!.ref, order(carla));
}

describe('a conversation that asks for agents', { timeout: 60_000 }, () => {
  it('opens the ticket, starts its workflow, and says what the next decision says', async () => {
    world.activities.script(id, (_, call) => ({ state: 'agent', steps: call === 0 ? [{ ticket: 's1' }] : [{ send: `${id}:number` }] }));
    await world.tell(id, 1);
    await world.did(id, `send ${id}:number`);
    expect(world.activities.did(id)).toEqual(['decide 1', 'open s1', 'decide 1', `send ${id}:number`]);
    expect(world.activities.requests.get(id)!.map((request) => request.answered)).toEqual([[], ['s1']]);
    const { number, contact } = tickets().openIn(id)!.ref;
    const description = await client().getHandle(ticketId(company, number)).describe();
    expect(description).toMatchObject({ type: 'ticket', status: { name: 'RUNNING' } });
    expect(description.searchAttributes).toMatchObject({ HiloCompany: [company], HiloContact: [contact], HiloState: ['pending'] });
    expect((await world.handleOf(id).describe()).searchAttributes).toMatchObject({ HiloState: ['agent'] });
  });

  it('takes a ticket for opened whose workflow runs already', async () => {
    world.activities.script(id, (_, call) => ({ state: 'agent', steps: call < 2 ? [{ ticket: `s${call}` }] : [{ send: `${id}:number` }] }));
    await world.tell(id, 1);
    await world.did(id, `send ${id}:number`);
    expect(world.activities.did(id).filter((entry) => entry.startsWith('open'))).toEqual(['open s0', 'open s1']);
  });

  it('outlives idle weeks while a ticket is open, and no longer', async () => {
    await withTicket();
    await world.environment.sleep('30 days');
    expect((await world.handleOf(id).describe()).status.name).toBe('RUNNING');
    world.activities.script(id, () => ({ state: 'bot', steps: [] }));
    await closeTicket(client(), tickets().openIn(id)!.ref, order(carla));
    await waitFor('the bot', async () => (await world.handleOf(id).query(summary)).state === 'bot');
    await world.environment.sleep('15 days');
    await waitFor('the end', async () => (await world.handleOf(id).describe()).status.name === 'COMPLETED');
  });

  it('decides again when its ticket was closed or opened again', async () => {
    await withTicket();
    world.activities.script(id, () => ({ state: 'bot', steps: [{ send: `${id}:bye` }] }));
    await closeTicket(client(), tickets().openIn(id)!.ref, order(carla));
    await world.did(id, `send ${id}:bye`);
    world.activities.script(id, () => ({ state: 'agent', steps: [] }));
    await world.handleOf(id).signal(ticketChanged);
    await waitFor('the agents', async () => (await world.handleOf(id).query(summary)).state === 'agent');
  });

  it('tells the ticket that its customer waits', async () => {
    await withTicket();
    const ticket = tickets().openIn(id)!;
    delete ticket.waitingSinceMs;
    await world.environment.sleep('1h');
    ticket.waitingSinceMs = await world.environment.currentTimeMs();
    world.activities.script(id, () => ({ state: 'agent', steps: [], waits: ticket.ref.number }));
    await world.tell(id, 2);
    await world.environment.sleep('11m');
    await waitFor('the alarm', () => ticket.alarms === 1);
  });

  it('goes on when the ticket’s workflow is gone', async () => {
    world.activities.script(id, () => ({ state: 'agent', steps: [], waits: 999_999 }));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    world.activities.script(id, () => ({}));
    await world.tell(id, 2);
    await world.did(id, `send ${id}:2`);
  });
});

describe('a conversation whose messages a mode has kept', { timeout: 60_000 }, () => {
  const offer = () => offerKept(client(), { company, conversation: id, channel: world.channel, debounceMs: 0 });

  it('says nothing, and has one ticket when the mode is over, however often it is told so', async () => {
    world.activities.script(id, (_, call) => ({ state: call === 0 ? 'silent' : 'agent', steps: call === 1 ? [{ ticket: 's1' }] : [] }));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    await world.environment.sleep('3h');
    await Promise.all([offer(), offer(), offer()]);
    await waitFor('the agents', async () => (await world.handleOf(id).query(summary)).state === 'agent' && tickets().openIn(id) !== undefined);
    await offer();
    await world.atRest(id);
    expect(world.activities.did(id).filter((entry) => !entry.startsWith('decide'))).toEqual(['open s1']);
  });

  it('begins again where its workflow has ended meanwhile, and takes up what that left', async () => {
    world.activities.script(id, (_, call) => (call === 0 ? { state: 'silent', steps: [] } : { state: 'agent', handledSeq: 1, steps: call === 1 ? [{ ticket: 's1' }] : [] }));
    await world.tell(id, 1);
    await world.handledUpTo(id, 1);
    await world.environment.sleep('8 days');
    await waitFor('the end', async () => (await world.handleOf(id).describe()).status.name === 'COMPLETED');
    await offer();
    await waitFor('the ticket', () => tickets().openIn(id) !== undefined);
    expect(world.activities.requests.get(id)!.map(({ firstOfRun, upTo }) => ({ firstOfRun, upTo })).slice(0, 2)).toEqual([{ firstOfRun: true, upTo: 1 }, { firstOfRun: true, upTo: 0 }]);
  });
});

describe('what agents write', { timeout: 60_000 }, () => {
  const sends = () => world.activities.did(id).filter((entry) => entry.startsWith('send')).map((entry) => entry.slice(`send ${id}:`.length));

  it('is sent, and answered with the message’s id', async () => {
    await withTicket();
    const answer = await say(carla);
    expect(answer).toEqual({ ok: true, message: `${id}:${tickets().accepted.at(-1)!.request}` });
    await waitFor('the send', () => sends().length === 1);
  });

  it('is uploaded where it is a file, in its turn among texts', async () => {
    await withTicket();
    const requests = [tickets().accept(id, carla), tickets().accept(id, carla), tickets().accept(id, carla)];
    tickets().withFile.add(requests[1]!);
    const conversation = { company, conversation: id, channel: world.channel };
    for (const request of requests) expect((await reply(client(), conversation, request)).ok).toBe(true);
    const outward = () => world.activities.did(id).filter((entry) => /^(send|upload) /.test(entry));
    await waitFor('all to be out', () => outward().length === 3);
    expect(outward()).toEqual([`send ${id}:${requests[0]}`, `upload ${id}:${requests[1]}`, `send ${id}:${requests[2]}`]);
  });

  it('leaves in the order in which it was accepted, whatever order it is told in', async () => {
    await withTicket();
    const requests = Array.from({ length: 12 }, () => tickets().accept(id, carla));
    const conversation = { company, conversation: id, channel: world.channel };
    const shuffled = [...requests.slice(6).reverse(), ...requests.slice(0, 6)];
    const answers = await Promise.all(shuffled.slice(0, 8).map((request) => reply(client(), conversation, request)));
    answers.push(...(await Promise.all(shuffled.slice(8).map((request) => reply(client(), conversation, request)))));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    await waitFor('all sends', () => sends().length >= 12);
    expect(sends()).toEqual(requests);
  });

  it('waits for what the bot has begun to say, and goes out before what the bot says later', async () => {
    await withTicket();
    const request = tickets().accept(id, carla);
    const conversation = { company, conversation: id, channel: world.channel };
    world.activities.script(id, (_, call) => ({ state: 'agent', steps: call === 2 ? [{ send: `${id}:a` }, { send: `${id}:b` }] : [{ send: `${id}:c` }] }));
    world.activities.onSend = async (message) => {
      if (message === `${id}:a`) await reply(client(), conversation, request);
    };
    await world.tell(id, 2);
    await world.did(id, `send ${id}:b`);
    await world.tell(id, 3);
    await world.did(id, `send ${id}:c`);
    expect(sends()).toEqual(['a', request, 'b', 'c']);
  });

  it('is not held up by a customer who keeps writing, whose messages are settled at once', async () => {
    await withTicket();
    world.activities.script(id, () => ({ state: 'agent', steps: [], debounceMs: 5_000 }));
    await world.tell(id, 2);
    await world.handledUpTo(id, 2);
    await world.tell(id, 3);
    await say(carla);
    await waitFor('the send', () => sends().length === 1);
    await world.handledUpTo(id, 3);
  });

  it('is refused from who does not have the ticket', async () => {
    await withTicket();
    expect(await say(randomUUID())).toMatchObject({ ok: false, reason: 'not-yours' });
    expect(sends()).toEqual([]);
  });

  it('starts a conversation that has ended', async () => {
    await tickets().add(company, id);
    await takeTicket(client(), tickets().openIn(id)!.ref, order(carla));
    expect(await say(carla)).toMatchObject({ ok: true });
    await waitFor('the send', () => sends().length === 1);
  });

  it('is rejected without a trace when it names no request', async () => {
    await withTicket();
    const bad = reply(client(), { company, conversation: id, channel: world.channel }, 'Hola, soy Carla');
    await expect(bad).rejects.toMatchObject({ cause: { type: 'ID_INVALID' } });
    const { events } = await world.handleOf(id).fetchHistory();
    expect(events!.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false);
  });

  it('makes a long conversation continue as new, too, and loses nothing by it', async () => {
    await withTicket();
    const { runId } = await world.handleOf(id).describe();
    for (let nth = 0; nth < 60; nth++) await say(carla);
    await waitFor('all sends', () => sends().length >= 60);
    await waitFor('a new run', async () => (await world.handleOf(id).describe()).runId !== runId);
    expect(sends()).toEqual(tickets().accepted.filter((one) => one.conversation === id).map((one) => one.request));
  });
});
