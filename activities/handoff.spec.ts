import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../libs/db/pool.js';
import { flows, settingsFor } from '../libs/domain/conversation/scripted-flows.js';
import { defaultLimits } from '../libs/domain/conversation/state.js';
import { createDecideActivities, type DecideActivities, type DecideResult } from './decide.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';

/** What `decide`, the ticket's commands and the agents' replies make of one conversation together, on real rows. */
let desks: FrontDesks;
let pool: pg.Pool;
let deciding: DecideActivities;
let desk: Desk;
let upTo: number;

beforeAll(async () => {
  desks = await FrontDesks.open();
  pool = openPool(desks.db.appUrl, () => undefined);
  const about = { name: 'Litoral Fibra', timeZone: 'America/Argentina/Buenos_Aires', locale: 'es-AR', currency: 'ARS', limits: defaultLimits, takes: [] };
  const { isp } = settingsFor(undefined);
  const settings = { company: () => Promise.resolve(about), isp: () => Promise.resolve(isp), flows: () => Promise.resolve(flows) };
  deciding = createDecideActivities({ pool, settings, now: () => desks.nowMs });
});
afterAll(async () => {
  await pool.end();
  await desks.close();
});
beforeEach(async () => {
  desk = await desks.desk('ours');
  upTo = 0;
});

const decide = (answered: string[] = [], firstOfRun = false): Promise<DecideResult> =>
  deciding.decide({ company: 'ours', conversation: desk.conversation, decision: randomUUID(), upTo, answered, firstOfRun });

/** The customer's next message, journaled. */
async function hear(text: string): Promise<void> {
  upTo += 1;
  desks.nowMs += 1_000;
  await desks.look(
    `insert into messages (company, conversation, channel, direction, author, seq, wa_id, from_me, kind, text, at)
      select company, id, channel, 'in', 'customer', $2::bigint, 'IN' || $2::text, false, 'text', $3, $4 from conversations where id = $1`,
    [desk.conversation, upTo, text, new Date(desks.nowMs)],
  );
}

/** The customer writes; the bot decides. */
async function write(text: string): Promise<DecideResult> {
  await hear(text);
  return decide();
}

/** The customer asks for an agent; what comes of it up to the bot's answer. */
async function askForAgent(): Promise<{ ticket: string; number: number; answered: DecideResult }> {
  await write('agente');
  const { steps } = await write('No anda nada');
  const step = (steps[0] as { ticket: string }).ticket;
  const { ticket, number } = await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step });
  return { ticket, number, answered: await decide([step]) };
}

const command = (ticket: string, kind: 'take' | 'close' | 'reopen', actor: string) =>
  desks.tickets.ticketCommand({ company: 'ours', ticket, command: randomUUID(), kind, actor });

const lastSaid = async () =>
  (await desks.look(`select text from messages where conversation = $1 and author = 'bot' order by id desc limit 1`, [desk.conversation]))[0]!['text'];
const outcomeOf = async (seq: number) =>
  (await desks.look('select outcome from messages where conversation = $1 and seq = $2', [desk.conversation, seq]))[0]!['outcome'];

describe('a conversation that is handed to agents', () => {
  it('opens a ticket with what the customer wrote, and tells number and place', async () => {
    const { ticket, number, answered } = await askForAgent();
    expect(await desks.ticketRow(ticket)).toMatchObject({ summary: 'No anda nada', state: 'pending' });
    expect(answered).toMatchObject({ state: 'agent', handledSeq: 2, steps: [{ send: expect.any(String) as string }] });
    expect(await lastSaid()).toBe(`Pedido N.º ${number}. No tenés a nadie adelante.`);
    expect([await outcomeOf(1), await outcomeOf(2)]).toEqual(['answered', 'answered']);
  });

  it('tells the place behind those who wait in the same queue', async () => {
    await askForAgent();
    desk = await desks.desk('ours');
    upTo = 0;
    const { number } = await askForAgent();
    expect(await lastSaid()).toMatch(new RegExp(`^Pedido N\\.º ${number}\\. Tenés \\d+ personas? adelante\\.$`, 'u'));
  });

  it('goes on where a worker that died left off: a new run opens the ticket', async () => {
    await write('agente');
    const { steps } = await write('No anda nada');
    expect((await decide([], true)).steps).toContainEqual(steps[0]);
    await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step: (steps[0] as { ticket: string }).ticket });
    expect(await decide([], true)).toMatchObject({ state: 'agent' });
    expect(await lastSaid()).toMatch(/^Pedido N\.º \d+\./u);
  });

  it('takes up what a terminated run left also when its first decision is made again by another worker', async () => {
    const left = await write('hola');
    await hear('agente');
    const request = { company: 'ours', conversation: desk.conversation, decision: randomUUID(), upTo, answered: [], firstOfRun: true };
    const first = await deciding.decide(request);
    expect(first.steps).toEqual([...left.steps, { send: expect.any(String) as string }]);
    expect(await deciding.decide(request)).toEqual(first);
  });

  it('is silent; the ticket is told once that the customer waits, until an agent has answered', async () => {
    const { ticket, number } = await askForAgent();
    await command(ticket, 'take', desk.carla);
    expect((await write('¿hola?')).waits).toBeUndefined(); // it waits since it was opened
    await desks.replies.acceptReply({
      company: 'ours', conversation: desk.conversation, request: await desks.accept(desk, ticket, desk.carla, 'Hola, soy Carla'),
    });
    const waits = await write('Hola Carla');
    expect(waits).toMatchObject({ steps: [], waits: number, state: 'agent' });
    expect((await desks.ticketRow(ticket))['waiting_since']).toEqual(new Date(desks.nowMs));
    expect((await write('¿Seguís ahí?')).waits).toBeUndefined();
    expect([await outcomeOf(3), await outcomeOf(4), await outcomeOf(5)]).toEqual(['agent', 'agent', 'agent']);
  });

  it('leaves to the agents what was written before they closed the ticket', async () => {
    const { ticket, number } = await askForAgent();
    await command(ticket, 'take', desk.carla);
    await hear('Gracias, era eso');
    desks.nowMs += 5_000;
    await command(ticket, 'close', desk.carla);
    await hear('hola');
    expect(await decide()).toMatchObject({ state: 'bot' });
    expect([await outcomeOf(3), await outcomeOf(4)]).toEqual(['agent', 'answered']);
    expect(await lastSaid()).not.toContain(`N.º ${number}`);
  });

  it('is the bot’s again when the ticket is closed, and the agents’ when it is opened again', async () => {
    const { ticket, number } = await askForAgent();
    await command(ticket, 'take', desk.carla);
    await command(ticket, 'close', desk.carla);
    expect(await decide()).toMatchObject({ state: 'bot', steps: [{ send: expect.any(String) as string }] });
    expect(await lastSaid()).toBe(`Cerramos el N.º ${number}.`);
    await command(ticket, 'reopen', desk.carla);
    expect(await decide()).toMatchObject({ state: 'agent', steps: [] });
    expect(await write('hola de nuevo')).toMatchObject({ steps: [], state: 'agent' });
  });
});
