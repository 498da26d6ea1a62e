import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeCommandKind } from '../libs/domain/notices/notice.js';
import { openPool } from '../libs/db/pool.js';
import { waitFor } from '../libs/testing/wait-for.js';
import { createNoticeActivities } from './notices.js';
import { FrontDesks, type Row } from './testing/front-desk.js';

let desks: FrontDesks;
let notices: ReturnType<typeof createNoticeActivities>;
let actor: string;
let channel: string;
let token: string;
let day: string;

beforeAll(async () => {
  desks = await FrontDesks.open();
  notices = createNoticeActivities({ orm: desks.orm });
  actor = await desks.user('ours', 'sofia', 'supervisor');
  const [made] = await desks.run('ours', `insert into gateway_tokens (company, name, sha256, hint) values ('ours', 'MikroWisp', 'x', 'abcd') returning id`, []);
  token = made!['id'] as string;
});
afterAll(() => desks.close());
/** A number of its own, linked for long, that sends at any hour. */
beforeEach(async () => {
  channel = randomUUID();
  await desks.run('ours', `insert into channels (company, id, name) values ('ours', ?, 'Soporte')`, [channel]);
  await desks.run('ours', `update channels set state = 'linked', first_linked_at = now() - interval '90 days' where id = ?`, [channel]);
  await safety(`quiet_from = '00:00', quiet_until = '00:00', minute_limit = 4`);
});

const safety = (columns: string) => desks.run('ours', `update channel_safety set ${columns} where channel = ?`, [channel]);
let next = 0;
const somebody = () => `5493415${String(500_000 + next++)}@s.whatsapp.net`;
interface Wanted {
  to?: string;
  text?: string;
  minutes?: number;
  file?: object;
}
/** As the API accepts it. */
async function accepted({ to = somebody(), text = randomUUID(), minutes = 1_440, file = {} }: Wanted = {}): Promise<string> {
  const notice = { token, channel, key: null, fingerprint: randomUUID().replace(/-/g, ''), address: to, text, expiry_minutes: minutes, url: null, ...file };
  const [row] = await desks.run('ours', `select id::text, batch_day::text from notice_accept('ours', ?::jsonb, interval '10 minutes')`, [JSON.stringify(notice)]);
  day = row!['batch_day'] as string;
  return row!['id'] as string;
}
async function writes(address: string): Promise<void> {
  const [chat] = await desks.run('ours', `select id from living_conversation('ours', ?, contact_of('ours', array[?], null))`, [channel, address]);
  await desks.run('ours', 'update conversations set last_inbound_at = now() where id = ?', [chat!['id']]);
}
/** Somebody who has written before, so that no chat has to be started. */
async function known(): Promise<string> {
  const address = somebody();
  await writes(address);
  return address;
}
const feed = () => notices.feedNotices({ company: 'ours', channel, day });
const order = (kind: NoticeCommandKind, notice?: string, command: string = randomUUID(), company = 'ours') =>
  notices.noticeCommand({ company, channel, day, kind, actor, command, ...(notice === undefined ? {} : { notice }) });
const row = async (id: string): Promise<Row> => (await desks.look('select * from notices where id = $1', [id]))[0]!;
const lane = async () => (await desks.look(`select n.id::text from notices n where channel = $1 and message is not null and state = 'queued' order by message`, [channel])).map(({ id }) => id);
const batch = async () => (await desks.look('select * from notice_batches where channel = $1', [channel]))[0]!;
/** As the number's gateway settles a message. */
const settled = async (id: string, state: string, cause: string | null = null) =>
  desks.look('update messages set state = $2, cause = $3 where id = (select message from notices where id = $1)', [id, state, cause]);
/** As the number's gateway begins to send one. */
const begun = async (id: string) => desks.look('update unasked_sends set taken_at = now(), text_key = md5($2) where message = (select message from notices where id = $1)', [id, 'x']);
const refusedAs = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof ApplicationFailure ? error.type : error;
};

describe('a number’s queue', () => {
  it('goes into its lane in the order of acceptance, no more than it sends soon; a look that is repeated hands on nothing twice', async () => {
    const ids = [];
    for (let i = 0; i < 6; i++) ids.push(await accepted({ to: await known() }));
    expect(await feed()).toMatchObject({ state: 'running', files: 0 });
    expect(await lane()).toEqual(ids.slice(0, 4));
    await Promise.all([feed(), feed()]);
    expect(await lane()).toEqual(ids.slice(0, 4));
    const [first] = await desks.look('select m.*, u.lane from messages m join unasked_sends u on u.company = m.company and u.message = m.id join notices n on n.message = m.id where n.id = $1', [ids[0]]);
    expect(first).toMatchObject({ state: 'queued', kind: 'text', author: 'bot', step: `notice/${ids[0]}`, lane: 'notice', seq: null });
    await settled(ids[0]!, 'delivered');
    await feed();
    expect(await lane()).toEqual(ids.slice(1, 5));
    expect(await row(ids[0]!)).toMatchObject({ state: 'delivered', settled_at: expect.any(Date) as Date });
  });

  it('gives everybody theirs in order, one at a time, also while nobody knows whether the one before is out', async () => {
    const to = await known();
    const [one, two, other] = [await accepted({ to }), await accepted({ to }), await accepted({ to: await known() })];
    await feed();
    expect(await lane()).toEqual([one, other]);
    await settled(one, 'unknown', 'no-ack');
    await feed();
    expect(await lane()).toEqual([other]);
    await settled(one, 'read');
    await feed();
    expect(await lane()).toEqual([other, two]);
  });

  it('lets few first contacts wait in the lane, so that chats which are begun pass them; who writes meanwhile is no first contact', async () => {
    const strangers = [];
    for (let i = 0; i < 5; i++) strangers.push(await accepted());
    const friend = await accepted({ to: await known() });
    await feed();
    expect(await lane()).toEqual([...strangers.slice(0, 3), friend]);
    const { address } = await row(strangers[4]!);
    await writes(address as string);
    await feed();
    expect(await lane()).toContain(strangers[4]);
  });

  it('expires what is over, in the lane as well unless it has begun to leave, and ends when nothing is left', async () => {
    const [waiting, inLane, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    await begun(leaving);
    await desks.run('ours', `update notices set expires_at = now() - interval '1 second' where channel = ?`, [channel]);
    await feed();
    expect([(await row(waiting))['state'], (await row(inLane))['state'], (await row(leaving))['state']]).toEqual(['expired', 'expired', 'queued']);
    expect(await row(inLane)).toMatchObject({ message: null, cause: 'expired' });
    await settled(leaving, 'failed', 'not-on-whatsapp');
    expect(await feed()).toMatchObject({ state: 'ended' });
    expect(await row(leaving)).toMatchObject({ state: 'failed', cause: 'not-on-whatsapp' });
    expect((await desks.look('select kind, cause from notice_events where notice = $1', [leaving]))).toEqual([{ kind: 'failed', cause: 'not-on-whatsapp' }]);
  });

  it('hands on nothing while the bot is stopped', async () => {
    await accepted({ to: await known() });
    await desks.run('ours', `insert into operating_modes (company, mode) values ('ours', 'stopped')`, []);
    expect(await feed()).toMatchObject({ state: 'running' });
    expect(await lane()).toEqual([]);
    await desks.run('ours', `delete from operating_modes where company = 'ours'`, []);
  });

  it('takes back what waits in the lane when the bot is stopped', async () => {
    const [waiting, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    await begun(leaving);
    await desks.run('ours', `insert into operating_modes (company, mode) values ('ours', 'stopped')`, []);
    await feed();
    expect(await lane()).toEqual([leaving]);
    await desks.run('ours', `delete from operating_modes where company = 'ours'`, []);
    await feed();
    expect(await lane()).toContain(waiting);
  });

  it('waits calmly for what began to leave and is over, and calls it unknown when nobody tries it any more', async () => {
    const id = await accepted({ to: await known() });
    await feed();
    await begun(id);
    await settled(id, 'sending');
    await desks.run('ours', `update notices set expires_at = now() - interval '1 second' where channel = ?`, [channel]);
    expect(await feed()).toMatchObject({ forMs: 20_000 });
    await desks.look(`update unasked_sends set taken_at = now() - interval '25 hours' where channel = $1`, [channel]);
    await desks.look(`update notices set handed_at = now() - interval '25 hours' where channel = $1`, [channel]);
    expect(await feed()).toMatchObject({ state: 'ended' });
    expect(await row(id)).toMatchObject({ state: 'unknown', cause: 'no-ack', settled_at: null });
    await settled(id, 'delivered');
    expect(await row(id)).toMatchObject({ state: 'delivered' });
  });

  it('carries a file with its message, and counts two files under one text as two messages', async () => {
    const to = await known();
    const file = (sha: string) => ({ kind: 'document', sha256: sha.repeat(64), size: 3, mimetype: 'application/pdf', file_name: 'factura.pdf' });
    const [one] = [await accepted({ to, text: 'Su factura', file: file('a') }), await accepted({ to, text: 'Su factura', file: file('b') })];
    await feed();
    const [sent] = await desks.look('select m.kind, m.details, f.state, f.sha256, f.file_name, unasked_key(m.company, m.id) key from messages m join media_files f on f.message = m.id join notices n on n.message = m.id where n.id = $1', [one]);
    expect(sent).toMatchObject({ kind: 'document', details: { media: { mimetype: 'application/pdf', size: 3, fileName: 'factura.pdf' } }, state: 'stored', sha256: 'a'.repeat(64), file_name: 'factura.pdf' });
    await settled(one, 'sent');
    await feed();
    const [other] = await desks.look(`select unasked_key(m.company, m.id) key from messages m join notices n on n.message = m.id where n.channel = $1 and n.state = 'queued'`, [channel]);
    expect(other!['key']).not.toBe(sent!['key']);
    const [bare] = await desks.look(`with x as (update messages set text = null where id = (select message from notices where id = $1) returning company, id),
      f as (delete from media_files where message = (select message from notices where id = $1)) select company, id from x`, [one]);
    expect((await desks.look('select unasked_key($1, $2) key', [bare!['company'], bare!['id']]))[0]).toEqual({ key: null });
  });
});

describe('a command on a batch', () => {
  it('pauses it, out of the lane again, and goes on where it was', async () => {
    const [one, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    await begun(leaving);
    const command = randomUUID();
    expect(await order('pause', undefined, command)).toEqual({ ok: true, state: 'paused' });
    expect(await order('pause', undefined, command)).toEqual({ ok: true, state: 'paused' });
    expect(await lane()).toEqual([leaving]);
    expect(await feed()).toMatchObject({ state: 'paused' });
    expect(await lane()).toEqual([leaving]);
    expect(await order('resume')).toEqual({ ok: true, state: 'running' });
    await feed();
    expect(await lane()).toEqual([leaving, one]);
    expect((await desks.look(`select action, actor_name from audit_log where subject = $1 order by at`, [`${channel}/${day}`])).map(({ action }) => action)).toEqual(['notices.paused', 'notices.resumed']);
  });

  it('cancels all that has not begun to leave', async () => {
    const [one, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    await begun(leaving);
    await order('cancel');
    expect([(await row(one))['state'], (await row(leaving))['state']]).toEqual(['cancelled', 'queued']);
    expect(await desks.look('select 1 from messages where step = $1', [`notice/${one}`])).toEqual([]);
  });

  it('asks once when some will be late, and does what it is told about them', async () => {
    await safety('day_limit = 10, hour_limit = 2');
    const ids = [];
    for (let i = 0; i < 8; i++) ids.push(await accepted({ to: await known(), minutes: 90 }));
    expect(await feed()).toMatchObject({ state: 'asking' });
    const { asked_at: asked, late } = await batch();
    expect(late).toBeGreaterThan(3);
    await feed();
    expect((await batch())['asked_at']).toEqual(asked);
    expect(await order('extend')).toEqual({ ok: true, state: 'running' });
    expect(await feed()).toMatchObject({ state: 'running' });
    await desks.run('ours', `update notices set expires_at = now() + interval '90 minutes' where channel = ?`, [channel]);
    expect(await feed()).toMatchObject({ state: 'asking' });
    await order('fit');
    expect(await feed()).toMatchObject({ state: 'running' }); // not asked about again
    await desks.run('ours', 'update notice_batches set decision = null where channel = ?', [channel]);
    await feed();
    expect(await order('drop')).toEqual({ ok: true, state: 'running' });
    const states = await Promise.all(ids.map(async (id) => (await row(id))['state']));
    expect(states.filter((state) => state === 'cancelled')).toHaveLength(late as number);
    expect(states.slice(0, 2)).toEqual(['queued', 'queued']);
  });
});

describe('a command on a notice', () => {
  it('sends it again after a failure, though the same text was tried today, and refuses what is out', async () => {
    const id = await accepted({ to: await known(), text: 'Su factura' });
    await feed();
    await begun(id);
    await settled(id, 'failed', 'not-on-whatsapp');
    const before = (await row(id))['message'];
    expect(await order('resend', id)).toMatchObject({ ok: true });
    await feed();
    expect(await row(id)).toMatchObject({ state: 'queued', cause: null });
    expect((await row(id))['message']).not.toBe(before);
    expect((await desks.look('select text_key from unasked_sends where message = $1', [before]))[0]).toEqual({ text_key: null });
    await settled(id, 'sent');
    expect(await order('resend', id)).toEqual({ ok: false, reason: 'sent' });
    expect(await order('cancel-one', id)).toEqual({ ok: false, reason: 'settled' });
  });

  it('cancels it until it begins to leave', async () => {
    const [one, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    await begun(leaving);
    expect(await order('cancel-one', one)).toMatchObject({ ok: true });
    expect(await order('cancel-one', leaving)).toEqual({ ok: false, reason: 'settled' });
    expect([(await row(one))['state'], (await row(leaving))['state']]).toEqual(['cancelled', 'queued']);
  });

  it('is cancelled while a send begins with another one: neither waits for the other in a circle', async () => {
    const [one, leaving] = [await accepted({ to: await known() }), await accepted({ to: await known() })];
    await feed();
    const pool = openPool(desks.db.superuserUrl, () => undefined);
    const send = await pool.connect();
    await send.query('begin');
    await send.query('select 1 from send_budgets where channel = $1 for update', [channel]);
    const cancelled = order('cancel-one', leaving);
    await waitFor('the command waits', async () => (await desks.look(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%notice_take_back%'`)).length > 0);
    await send.query(`update unasked_sends set taken_at = now() where message = (select message from notices where id = $1)`, [leaving]);
    await send.query(`update messages set state = 'sent' where id = (select message from notices where id = $1)`, [leaving]);
    await send.query('commit');
    send.release();
    await pool.end();
    expect(await cancelled).toEqual({ ok: false, reason: 'settled' });
    expect([(await row(one))['state'], (await row(leaving))['state']]).toEqual(['queued', 'sent']);
  });

  it("is not for another company's, nor for what is not there", async () => {
    const id = await accepted();
    expect(await refusedAs(order('pause', undefined, randomUUID(), 'theirs'))).toBe('notice-unknown');
    expect(await refusedAs(order('cancel-one', id, randomUUID(), 'theirs'))).toBe('notice-unknown');
    expect(await refusedAs(order('resend', '999999'))).toBe('notice-unknown');
    expect(await notices.feedNotices({ company: 'theirs', channel, day })).toMatchObject({ state: 'ended' });
  });
});
