import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ScriptedWorld } from '../conversation/scripted-world.js';
import { closeTicket, noteOnTicket, reopenTicket, takeTicket, transferTicket } from './client.js';
import { customerWaits, summary, tellAnswer, workflowId } from './contract.js';
import type { ScriptedTicket } from './scripted-tickets.js';

const company = 'acme';
let world: ScriptedWorld;
let ticket: ScriptedTicket;

beforeAll(async () => {
  world = await ScriptedWorld.start(company);
});
afterAll(() => world.stop());
beforeEach(async () => {
  ticket = await world.activities.tickets.add(company, randomUUID());
});

const client = () => world.environment.client.workflow;
const handle = () => client().getHandle(workflowId(company, ticket.ref.number));
const order = (actor: string) => ({ command: randomUUID(), actor });
const statusOf = async () => (await handle().describe()).status.name;
const attributes = async () => (await handle().describe()).searchAttributes;

describe('the ticket workflow', { timeout: 120_000 }, () => {
  it('goes through a life: taken, noted, given to a colleague, closed, and shows it to operations', async () => {
    const [carla, diego] = [randomUUID(), randomUUID()];
    expect(await takeTicket(client(), ticket.ref, order(carla))).toMatchObject({ ok: true, ticket: { state: 'in-progress', assignee: carla } });
    expect(await noteOnTicket(client(), ticket.ref, order(carla))).toMatchObject({ ok: true });
    expect(await transferTicket(client(), ticket.ref, { ...order(carla), to: { agent: diego } })).toMatchObject({ ok: true });
    expect(await attributes()).toMatchObject({ HiloCompany: [company], HiloContact: [ticket.ref.contact], HiloState: ['in-progress'], HiloAgent: [diego] });
    expect(await closeTicket(client(), ticket.ref, order(carla))).toMatchObject({ ok: false, reason: 'taken', by: { agent: diego } });
    expect(await closeTicket(client(), ticket.ref, order(diego))).toMatchObject({ ok: true, ticket: { state: 'closed' } });
    expect(await attributes()).toMatchObject({ HiloState: ['closed'] });
    expect(await takeTicket(client(), ticket.ref, order(diego))).toMatchObject({ ok: false, reason: 'closed' });
  });

  it('goes back into a department’s queue, where another can take it', async () => {
    const [carla, elsa] = [randomUUID(), randomUUID()];
    await takeTicket(client(), ticket.ref, order(carla));
    expect(await transferTicket(client(), ticket.ref, { ...order(carla), to: { department: randomUUID() } })).toMatchObject({ ticket: { state: 'pending' } });
    expect((await attributes())['HiloAgent'] ?? []).not.toContain(carla);
    delete ticket.department;
    expect(await takeTicket(client(), ticket.ref, order(elsa))).toMatchObject({ ok: true });
  });

  it('does a command once under its id, and answers it again', async () => {
    const asked = order(randomUUID());
    const answers = await Promise.all([1, 2, 3].map(() => takeTicket(client(), ticket.ref, asked)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(world.activities.tickets.commands.filter(({ command }) => command === asked.command)).toHaveLength(1);
  });

  it('goes on when the database was away', async () => {
    world.activities.tickets.failingCommands = 3;
    expect(await takeTicket(client(), ticket.ref, order(randomUUID()))).toMatchObject({ ok: true });
  });

  it('refuses what is no id, without a trace', async () => {
    await takeTicket(client(), ticket.ref, order(randomUUID()));
    const before = (await handle().fetchHistory()).events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
    await expect(takeTicket(client(), ticket.ref, { command: randomUUID(), actor: 'Carla' })).rejects.toMatchObject({ cause: { type: 'ID_INVALID' } });
    const after = (await handle().fetchHistory()).events!.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
    expect(after).toBe(before);
  });
});

describe('an answer in the group', { timeout: 60_000 }, () => {
  it('takes the ticket, starting its workflow from the row, and the group hears of it; a second one is told, too', async () => {
    const [carla, diego] = [randomUUID(), randomUUID()];
    const { tickets } = world.activities;
    tickets.groupChannel = world.channel;
    tickets.answers.set('1', carla).set('2', diego);
    const { conversation } = ticket.ref;
    const heard = () => world.activities.did(conversation).filter((entry) => entry.startsWith('tell group'));
    await tellAnswer(client(), ticket.ref, '1');
    await waitFor('the group to hear of it', () => heard().length === 1);
    expect(await handle().query(summary)).toMatchObject({ state: 'in-progress', assignee: carla });
    expect(await attributes()).toMatchObject({ HiloAgent: [carla] });
    await tellAnswer(client(), ticket.ref, '2');
    await tellAnswer(client(), ticket.ref, '1'); // told again: its text is out, or on its way
    await waitFor('the group to hear of the second', () => heard().length >= 2);
    expect(new Set(heard())).toEqual(new Set([`tell group ${conversation}:heard 1`, `tell group ${conversation}:heard 2`]));
    expect(await handle().query(summary)).toMatchObject({ assignee: carla });
    expect(await takeTicket(client(), ticket.ref, order(diego))).toMatchObject({ ok: false, reason: 'taken', by: { agent: carla } });
  });
});

describe('the alarm', { timeout: 60_000 }, () => {
  it('is raised when the customer has waited too long, and not before', async () => {
    await takeTicket(client(), ticket.ref, order(randomUUID()));
    await world.environment.sleep('9m');
    expect(ticket.alarms).toBe(0);
    await world.environment.sleep('2m');
    await waitFor('the alarm', () => ticket.alarms === 1);
    await world.environment.sleep('3h');
    expect(ticket.alarms).toBe(1);
  });

  it('is not raised when an agent has answered, and is when the customer waits again', async () => {
    await takeTicket(client(), ticket.ref, order(randomUUID()));
    delete ticket.waitingSinceMs;
    await world.environment.sleep('1h');
    expect(ticket.alarms).toBe(0);
    ticket.waitingSinceMs = await world.environment.currentTimeMs();
    await handle().signal(customerWaits);
    await world.environment.sleep('9m');
    expect(ticket.alarms).toBe(0);
    await world.environment.sleep('2m');
    await waitFor('the alarm', () => ticket.alarms === 1);
  });
});

describe('the end', { timeout: 60_000 }, () => {
  it('comes some days after closing; a command after it starts the workflow from the row', async () => {
    const carla = randomUUID();
    await takeTicket(client(), ticket.ref, order(carla));
    await closeTicket(client(), ticket.ref, order(carla));
    await world.environment.sleep('2 days');
    expect(await statusOf()).toBe('RUNNING');
    await world.environment.sleep('2 days');
    await waitFor('the end', async () => (await statusOf()) === 'COMPLETED');
    expect(await reopenTicket(client(), ticket.ref, order(carla))).toMatchObject({ ok: true, ticket: { state: 'in-progress', assignee: carla } });
    expect(await statusOf()).toBe('RUNNING');
  });

  it('comes again soon for one that is closed and was only asked', async () => {
    const carla = randomUUID();
    await takeTicket(client(), ticket.ref, order(carla));
    await closeTicket(client(), ticket.ref, order(carla));
    await world.environment.sleep('4 days');
    expect(await takeTicket(client(), ticket.ref, order(carla))).toMatchObject({ ok: false, reason: 'closed' });
    await world.environment.sleep('4 days');
    await waitFor('the end', async () => (await statusOf()) === 'COMPLETED');
  });

  it('does not come while it is open, however long', async () => {
    await takeTicket(client(), ticket.ref, order(randomUUID()));
    await world.environment.sleep('60 days');
    expect(await statusOf()).toBe('RUNNING');
  });

  it('continues as new early, and still knows who has it', async () => {
    const carla = randomUUID();
    await takeTicket(client(), ticket.ref, order(carla));
    const { runId } = await handle().describe();
    for (let notes = 0; notes < 90; notes++) await noteOnTicket(client(), ticket.ref, order(carla));
    await waitFor('a new run', async () => (await handle().describe()).runId !== runId);
    expect(await handle().query(summary)).toMatchObject({ state: 'in-progress', assignee: carla });
    expect(await takeTicket(client(), ticket.ref, order(randomUUID()))).toMatchObject({ ok: false, reason: 'taken', by: { agent: carla } });
  });
});
