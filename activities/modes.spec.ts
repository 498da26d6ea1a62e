import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPool } from '../libs/db/pool.js';
import { flows, settingsFor } from '../libs/domain/conversation/scripted-flows.js';
import type { Mode } from '../libs/domain/modes/mode.js';
import { companySettings } from './company-settings.js';
import { createDecideActivities, type DecideActivities, type DecideResult } from './decide.js';
import { FrontDesks, type Desk } from './testing/front-desk.js';

/** What decisions make of the mode in the company's rows, through the settings that the worker uses, cache and all. */
let desks: FrontDesks;
let pool: pg.Pool;
let deciding: DecideActivities;
let desk: Desk;
let channel: string;
let upTo: number;

beforeAll(async () => {
  desks = await FrontDesks.open();
  pool = openPool(desks.db.appUrl, () => undefined);
  const now = () => desks.nowMs;
  const settings = companySettings(desks.orm, now, { of: () => Promise.reject(new Error('the system of these flows is scripted')) });
  deciding = createDecideActivities({ pool, settings: { ...settings, isp: () => Promise.resolve(settingsFor(undefined).isp), flows: () => Promise.resolve(flows) }, now });
});
afterAll(async () => {
  await pool.end();
  await desks.close();
});
beforeEach(async () => {
  desk = await desks.desk('ours');
  channel = String((await desks.look('select channel from conversations where id = $1', [desk.conversation]))[0]!['channel']);
  upTo = 0;
  await operate('complete');
});

const operate = (mode: Mode, company = 'ours') =>
  desks.run(company, 'insert into operating_modes (company, mode) values (?, ?) on conflict (company) do update set mode = excluded.mode', [company, mode]);
const decide = (answered: string[] = []): Promise<DecideResult> =>
  deciding.decide({ company: 'ours', conversation: desk.conversation, decision: randomUUID(), upTo, answered, firstOfRun: false });

interface Heard {
  kind?: string;
  text?: string | null;
  details?: object;
  ageMs?: number;
}
async function hear({ kind = 'text', text = 'hola', details, ageMs = 0 }: Heard): Promise<void> {
  upTo += 1;
  desks.nowMs += 1_000;
  await desks.look(
    `insert into messages (company, conversation, channel, direction, author, seq, wa_id, from_me, kind, text, details, at)
      select company, id, channel, 'in', 'customer', $2::bigint, 'IN' || $2::text, false, $3, $4, $5, $6 from conversations where id = $1`,
    [desk.conversation, upTo, kind, text, details === undefined ? null : JSON.stringify(details), new Date(desks.nowMs - ageMs)],
  );
  await desks.look('update conversations set last_seq = $2 where id = $1', [desk.conversation, upTo]);
}
async function write(heard: Heard = {}): Promise<DecideResult> {
  await hear(heard);
  return decide();
}
const outcomes = async () =>
  (await desks.look('select outcome from messages where conversation = $1 and seq is not null order by seq', [desk.conversation])).map(({ outcome }) => outcome);
const lastSaid = async () =>
  (await desks.look(`select text, node from messages where conversation = $1 and author = 'bot' order by id desc limit 1`, [desk.conversation]))[0];

/** What the gateway that holds the number finds kept. */
async function kept(company = 'ours'): Promise<unknown[]> {
  await desks.look(
    `insert into channel_leases (channel, company, epoch, until) values ($1, $2, 1, now() + interval '1 hour')
      on conflict (channel) do update set company = excluded.company, epoch = 1, until = excluded.until`, [channel, company]);
  return (await pool.query('select * from wa_kept($1, 1, 10)', [channel])).rows as unknown[];
}

describe('a mode', () => {
  it('counts with the very next decision, and so does its end', async () => {
    expect((await write()).steps).toHaveLength(1);
    await operate('gateway-only');
    expect(await write()).toMatchObject({ steps: [], state: 'silent' });
    await operate('stopped');
    expect((await write()).steps).toEqual([]);
    expect(await outcomes()).toEqual(['answered', 'kept:gateway-only', 'kept:stopped']);
  });

  it("is not another company's", async () => {
    await operate('stopped', 'theirs');
    expect((await write()).steps).toHaveLength(1);
  });

  it('finds its kept conversations when it is over, and once people have them no more', async () => {
    await operate('gateway-only');
    await write();
    expect(await kept()).toEqual([]);
    await operate('complete');
    expect(await kept()).toEqual([{ conversation: desk.conversation, seq: '1' }]);
    const { steps: [step] } = await decide();
    await desks.tickets.openTicket({ company: 'ours', conversation: desk.conversation, step: (step as { ticket: string }).ticket });
    expect(await decide([(step as { ticket: string }).ticket])).toMatchObject({ steps: [], state: 'agent' });
    const tickets = await desks.look('select summary, department, state from tickets where conversation = $1', [desk.conversation]);
    expect(tickets).toEqual([{ summary: 'Escribió durante Solo Gateway', department: null, state: 'pending' }]);
    expect(await kept()).toEqual([]);
  });

  it("finds nothing kept of another company's", async () => {
    await operate('stopped');
    await write();
    await operate('complete');
    expect(await kept('theirs')).toEqual([]);
  });

  it('tells of an emergency in the newest words', async () => {
    for (const [version, text] of ['Corte en el centro', 'Corte en toda la ciudad'].entries()) {
      await desks.run('ours', 'insert into emergency_texts (company, version, text) values (?, ?, ?)', ['ours', version + 1, text]);
    }
    await operate('emergency');
    await write();
    expect(await lastSaid()).toEqual({ text: 'Corte en toda la ciudad', node: 'emergency/2' });
    expect((await write()).steps).toEqual([]);
    expect(await outcomes()).toEqual(['answered', 'silent:emergency']);
  });
});

describe('a message that is not a plain text', () => {
  it('replaces or withdraws what is not decided yet, and is noted where that is', async () => {
    await hear({ text: 'planes' });
    await hear({ text: 'nada' });
    await hear({ kind: 'edit', text: 'hola', details: { target: 'IN1' } });
    await hear({ kind: 'deleted', text: null, details: { target: 'IN2' } });
    await decide();
    expect(await outcomes()).toEqual(['answered', 'noted', 'noted', 'noted']);
    expect(await write({ kind: 'edit', text: 'otra cosa', details: { target: 'IN1' } })).toMatchObject({ steps: [] });
    expect((await outcomes()).at(-1)).toBe('noted');
  });

  it('is a message, where it edits one that never reached us, and noted, where it edits one from before the link', async () => {
    await desks.look(
      `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, outcome)
        select company, id, channel, 'in', 'customer', 'OLD', false, 'text', 'viejo', 'history' from conversations where id = $1`, [desk.conversation]);
    await write({ kind: 'edit', text: 'hola', details: { target: 'OLD' } });
    expect(await outcomes()).toEqual(['noted']);
    expect((await write({ kind: 'edit', text: 'hola', details: { target: 'NEVER' } })).steps).toHaveLength(1);
  });

  it('goes to a person when it is older than the company allows', async () => {
    await desks.look(`update companies set late_after_minutes = 60 where id = 'ours'`);
    desks.nowMs += 10_000; // settings are a few seconds old at most
    const { steps } = await write({ ageMs: 61 * 60_000 });
    expect(steps).toEqual([{ ticket: expect.any(String) as string }]);
    const [asked] = await desks.look('select query from conversation_queries where conversation = $1', [desk.conversation]);
    expect(asked).toMatchObject({ query: { kind: 'ticket', summary: 'Su mensaje nos llegó tarde: lo escribió hace 61 minutos' } });
    await desks.look(`update companies set late_after_minutes = 360 where id = 'ours'`);
  });
});
