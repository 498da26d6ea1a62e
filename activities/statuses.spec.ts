import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StatusOrderKind } from '../workflows/status/contract.js';
import { createStatusActivities } from './statuses.js';
import { FrontDesks, type Row } from './testing/front-desk.js';

const HOUR = 3_600_000;
let desks: FrontDesks;
let statuses: ReturnType<typeof createStatusActivities>;
const channels: Record<string, string> = {};
let actor: string;
let status: string;

beforeAll(async () => {
  desks = await FrontDesks.open();
  statuses = createStatusActivities({ orm: desks.orm, now: () => desks.nowMs });
  for (const company of ['ours', 'theirs']) {
    channels[company] = randomUUID();
    await desks.run(company, 'insert into channels (company, id, name) values (?, ?, ?)', [company, channels[company], 'Soporte']);
  }
  actor = await desks.user('ours', 'sofia', 'supervisor');
});
afterAll(() => desks.close());
beforeEach(() => {
  status = randomUUID();
});

const row = async (): Promise<Row> => (await desks.look('select * from statuses where id = $1', [status]))[0]!;
const drafts = async () => (await desks.look('select 1 from status_drafts where status = $1', [status])).length;
/** What somebody wrote, accepted as the API does it. */
async function draft(inMs: number, text = 'Promo', command: string = randomUUID()): Promise<string> {
  await desks.run('ours', `insert into status_drafts (company, command, status, channel, kind, text, colour, publish_at, actor)
    values ('ours', ?, ?, ?, 'text', ?, 'green', ?::timestamptz, ?)`, [command, status, channels['ours'], text, new Date(desks.nowMs + inMs).toISOString(), actor]);
  return command;
}
const order = (kind: StatusOrderKind, command: string = randomUUID(), company = 'ours') => statuses.statusCommand({ company, status, command, kind, actor });
const made = async (inMs: number) => order('create', await draft(inMs));
const look = (doubt?: string, company = 'ours') => statuses.lookAtStatus({ company, status, ...(doubt && { doubt }) });
const set = (assignments: string) => desks.run('ours', `update statuses set ${assignments} where id = ?`, [status]);
const refusedAs = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof ApplicationFailure ? error.type : error;
};

describe('a command on a status', () => {
  it('makes it of what was accepted, once, and leaves no draft', async () => {
    const command = await draft(HOUR, 'Mañana hay mantenimiento');
    expect(await order('create', command)).toEqual({ ok: true, state: 'scheduled' });
    expect(await order('create', command)).toEqual({ ok: true, state: 'scheduled' }); // a killed worker is told of it again
    expect(await row()).toMatchObject({ text: 'Mañana hay mantenimiento', colour: 'green', state: 'scheduled', created_by: actor, ended_at: null });
    expect(await drafts()).toBe(0);
  });

  it('moves it and changes what it shows; when it is out that is refused, and nothing of it stays behind', async () => {
    await made(HOUR);
    const before = await row();
    expect(await order('edit', await draft(2 * HOUR, 'Otro texto'))).toEqual({ ok: true, state: 'scheduled' });
    expect(await row()).toMatchObject({ text: 'Otro texto', wa_id: before['wa_id'], publish_at: new Date(desks.nowMs + 2 * HOUR) });
    await set(`state = 'published', published_at = now()`);
    expect(await order('edit', await draft(3 * HOUR, 'Tarde'))).toEqual({ ok: false, reason: 'published' });
    expect(await row()).toMatchObject({ text: 'Otro texto' });
    expect(await drafts()).toBe(0);
  });

  it('ends it when it is cancelled, and takes it up again after a failure', async () => {
    await made(HOUR);
    const command = randomUUID();
    expect(await order('cancel', command)).toEqual({ ok: true, state: 'cancelled' });
    expect(await order('cancel', command)).toEqual({ ok: true, state: 'cancelled' });
    expect(await order('cancel')).toEqual({ ok: false, reason: 'ended' });
    expect((await row())['ended_at']).toBeInstanceOf(Date);
    await set(`state = 'failed', cause = 'ack-479', raw = '\\x00'`);
    expect(await order('retry')).toEqual({ ok: true, state: 'scheduled' });
    expect(await row()).toMatchObject({ cause: null, ended_at: null, raw: null, publish_at: new Date(desks.nowMs) });
    await set(`state = 'unknown', cause = 'no-ack', raw = '\\x00', publish_at = now() - interval '2 hours'`);
    expect(await order('retry')).toEqual({ ok: true, state: 'publishing' }); // it may be out: as it was
    expect(await row()).toMatchObject({ cause: null, raw: Buffer.alloc(1), publish_at: new Date(desks.nowMs) });
  });

  it('leaves one line in the audit log, with the change; a refused one leaves none', async () => {
    await order('create', await draft(HOUR, 'Promo'));
    await order('edit', await draft(HOUR, 'Promo de verano'));
    const command = randomUUID();
    for (const again of [command, command]) await order('cancel', again);
    expect(await order('publish')).toMatchObject({ ok: false });
    const lines = await desks.look('select action, actor, actor_name, before, after from audit_log where subject = $1 order by id', [status]);
    expect(lines).toMatchObject([
      { action: 'status.created', actor, actor_name: expect.any(String) as string, before: null, after: { text: 'Promo', state: 'scheduled', channel: channels['ours'] } },
      { action: 'status.changed', actor, before: { text: 'Promo' }, after: { text: 'Promo de verano' } },
      { action: 'status.cancelled', actor, before: { state: 'scheduled' }, after: { state: 'cancelled' } },
    ]);
  });

  it("is not for another company's status, nor for what was never accepted", async () => {
    await made(HOUR);
    const command = await draft(HOUR);
    for (const kind of ['edit', 'create', 'cancel', 'remove'] as const) expect(await refusedAs(order(kind, command, 'theirs')), kind).toBe('status-unknown');
    expect(await refusedAs(order('edit'))).toBe('status-unknown');
    expect(await look(undefined, 'theirs')).toEqual({ step: { kind: 'end', forMs: 0 } });
    expect(await row()).toMatchObject({ state: 'scheduled' });
  });
});

describe('a look at a status', () => {
  it('says what it waits for', async () => {
    await made(HOUR);
    expect(await look()).toEqual({ state: 'scheduled', step: { kind: 'wait', forMs: HOUR } });
    desks.nowMs += HOUR;
    expect(await look()).toMatchObject({ state: 'scheduled', step: { kind: 'publish' } });
  });

  it.each([['ask', 'missed', 'ask', null], ['skip', 'failed', 'end', 'missed'], ['late', 'scheduled', 'publish', null]] as const)(
    'that comes late does what the company wants: %s', async (wanted, state, step, cause) => {
      await made(-HOUR);
      await desks.look(`update companies set missed_statuses = $1 where id = 'ours'`, [wanted]);
      expect(await look()).toMatchObject({ state, step: { kind: step } });
      expect(await row()).toMatchObject({ state, cause, ended_at: step === 'end' ? (expect.any(Date) as Date) : null });
    });

  it('keeps the network’s silence as unknown, and ends it a day later', async () => {
    await made(0);
    await set(`state = 'publishing'`);
    expect(await look('no-ack')).toMatchObject({ state: 'unknown', step: { kind: 'wait' } });
    expect(await row()).toMatchObject({ state: 'unknown', cause: 'no-ack', ended_at: null });
    desks.nowMs += 25 * HOUR;
    expect(await look()).toMatchObject({ state: 'unknown', step: { kind: 'end' } });
    expect(await row()).toMatchObject({ state: 'unknown', ended_at: expect.any(Date) as Date, cause: 'no-ack' });
  });
});
