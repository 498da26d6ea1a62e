import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SendStart } from '../../libs/channels/whatsapp/store.js';
import { defaultSafety, type Lane } from '../../libs/domain/number-safety/settings.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { ChannelRows } from './channel-rows.js';
import { Leases, type Lease } from './leases.js';
import { PostgresStore } from './postgres-store.js';
import { UnaskedLanes } from './unasked-lanes.js';

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let lease: Lease;

/** A number of its own, linked for long, without pace and quiet hours: what a test is not about. */
async function newNumber(company = 'alfa'): Promise<Lease> {
  const id = randomUUID();
  await operator.query("insert into channels (company, id, name, wanted) values ($1, $2, 'n', true)", [company, id]);
  await operator.query("update channels set state = 'linked', first_linked_at = now() - interval '60 days' where id = $1", [id]);
  await set("gap_least_ms = 0, gap_most_ms = 0, first_contact_gap_least_ms = 0, first_contact_gap_most_ms = 0, quiet_from = '00:00', quiet_until = '00:00', minute_limit = 1000", id);
  const taken = await new Leases(pool, { holder: randomUUID(), ttlMs: 60_000 }).takeFree(100, []);
  return taken.find((one) => one.channel === id)!;
}
const set = (columns: string, channel = lease.channel) => operator.query(`update channel_safety set ${columns} where channel = $1`, [channel]);

interface Queued {
  lane?: Lane;
  hasWritten?: boolean;
  text?: string;
  conversation?: string;
  author?: 'bot' | 'agent';
}
async function conversation(hasWritten: boolean, { company, channel }: Lease): Promise<string> {
  const [contact, id] = [randomUUID(), randomUUID()];
  await operator.query('insert into contacts (company, id) values ($1, $2)', [company, contact]);
  await operator.query('insert into contact_addresses values ($1, $2, $3)', [company, `${randomUUID()}@lid`, contact]);
  await operator.query('insert into conversations (company, id, channel, contact, last_inbound_at) values ($1, $2, $3, $4, $5)', [company, id, channel, contact, hasWritten ? new Date() : null]);
  return id;
}
/** @returns the row's id */
async function queued({ lane = 'notice', hasWritten = true, text = randomUUID(), conversation: known, author = 'bot' }: Queued = {}, of = lease): Promise<string> {
  const to = known ?? (await conversation(hasWritten, of));
  const { rows } = await operator.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
      values ($1, $2, $3, 'out', $4, $5, true, 'text', $6, 'queued') returning id`, [of.company, to, of.channel, author, randomUUID(), text]);
  if (lane !== 'reply') {
    await operator.query('insert into unasked_sends (company, message, channel, conversation, lane) values ($1, $2, $3, $4, $5)', [of.company, rows[0]!.id, of.channel, to, lane]);
  }
  return rows[0]!.id;
}
const storeOf = ({ channel, epoch }: Lease) => new PostgresStore(pool, channel, epoch);
const begin = (id: string, hasTyped = false) => storeOf(lease).beginSend(id, hasTyped);
const said = (start: SendStart | undefined) => (start?.kind === 'not-yet' ? start.notYet.reason : start?.kind);
const stateOf = async (id: string) => (await operator.query<{ state: string }>('select state from messages where id = $1', [id])).rows[0]!.state;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl, max: 20 });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa'), ('beta', 'Beta')");
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});
beforeEach(async () => {
  lease = await newNumber();
});

describe('the budget of a number', () => {
  it('begins as libs/domain says', async () => {
    await operator.query('delete from channel_safety where channel = $1', [lease.channel]);
    await operator.query('insert into channel_safety (company, channel) values ($1, $2)', [lease.company, lease.channel]);
    const { limits, gap, firstContactGap, typing } = defaultSafety;
    expect((await operator.query('select * from channel_safety where channel = $1', [lease.channel])).rows[0]).toMatchObject({
      minute_limit: limits.minute, hour_limit: limits.hour, day_limit: limits.day, first_contacts_day: limits.firstContactsDay, warm_up: defaultSafety.warmUp,
      gap_least_ms: gap.leastMs, gap_most_ms: gap.mostMs, first_contact_gap_least_ms: firstContactGap.leastMs, first_contact_gap_most_ms: firstContactGap.mostMs,
      same_text_hour: defaultSafety.sameTextHour, quiet_from: defaultSafety.quietFrom, quiet_until: defaultSafety.quietUntil,
      typing_least_ms: typing.leastMs, typing_most_ms: typing.mostMs,
    });
  });

  it('is spent once, however many ask at once and however often the gateway starts again', async () => {
    await set('hour_limit = 5');
    const ids = await Promise.all(Array.from({ length: 12 }, () => queued()));
    const starts = await Promise.all(ids.map((id) => storeOf(lease).beginSend(id, false)));
    expect(starts.map(said).sort()).toEqual([...Array<string>(7).fill('hour'), ...Array<string>(5).fill('order')]);
    await operator.query('update channel_leases set epoch = epoch + 1 where channel = $1', [lease.channel]);
    lease = { ...lease, epoch: lease.epoch + 1 };
    const held = ids.filter((_, index) => said(starts[index]) === 'hour');
    expect(said(await begin(held[0]!))).toBe('hour');
    expect(await stateOf(held[0]!)).toBe('queued');
    const again = ids.find((_, index) => said(starts[index]) === 'order')!;
    expect(said(await begin(again))).toBe('order'); // it has taken its part: the same id goes out again
    await operator.query("update unasked_sends set taken_at = taken_at - interval '61 minutes' where channel = $1", [lease.channel]);
    expect(said(await begin(held[0]!))).toBe('order');
  });

  it('never holds back an answer to somebody who wrote, bot or agent', async () => {
    await set('minute_limit = 0, hour_limit = 0, day_limit = 0, first_contacts_day = 0');
    expect(said(await begin(await queued()))).toBe('day');
    for (const author of ['bot', 'agent'] as const) expect(said(await begin(await queued({ lane: 'reply', author })))).toBe('order');
    expect((await operator.query('select 1 from unasked_sends where channel = $1 and taken_at is not null', [lease.channel])).rowCount).toBe(0);
  });

  it('counts the first message to somebody who has never written, whoever wrote it', async () => {
    await set('first_contacts_day = 1');
    expect(said(await begin(await queued({ lane: 'reply', hasWritten: false, author: 'agent' })))).toBe('order');
    expect(said(await begin(await queued({ lane: 'reply', hasWritten: false, author: 'agent' })))).toBe('first-contacts');
    expect(said(await begin(await queued({ hasWritten: false })))).toBe('first-contacts');
    expect(said(await begin(await queued()))).toBe('order');
  });

  it('is smaller while the number is young, and its age begins anew with another phone number', async () => {
    await operator.query("update channels set number = '5493410000001' where id = $1", [lease.channel]);
    const linked = async () => (await operator.query<{ first_linked_at: Date | null }>('select first_linked_at from channels where id = $1', [lease.channel])).rows[0]!.first_linked_at;
    const since = (await linked())!;
    expect(Date.now() - since.getTime()).toBeLessThan(60_000);
    for (const state of ['connecting', 'linked']) await operator.query('update channels set state = $2 where id = $1', [lease.channel, state]);
    expect(await linked()).toEqual(since);
    for (let nth = 0; nth < 5; nth++) expect(said(await begin(await queued({ hasWritten: false })))).toBe('order');
    expect(said(await begin(await queued({ hasWritten: false })))).toBe('first-contacts');
  });

  it('is the smallest while nobody knows the number’s age', async () => {
    await operator.query('update channels set first_linked_at = null where id = $1', [lease.channel]);
    for (let nth = 0; nth < 5; nth++) expect(said(await begin(await queued({ hasWritten: false })))).toBe('order');
    expect(said(await begin(await queued({ hasWritten: false })))).toBe('first-contacts');
  });

  it('keeps its pace over restarts', async () => {
    await set('gap_least_ms = 5000, gap_most_ms = 30000');
    await begin(await queued());
    const start = await begin(await queued());
    expect(start).toMatchObject({ kind: 'not-yet', notYet: { reason: 'pace' } });
    if (start?.kind === 'not-yet') expect(start.notYet.waitMs).toBeGreaterThan(3_000);
  });

  it('refuses the text that the person has already, and spreads one that goes to many', async () => {
    const to = await conversation(true, lease);
    await set('same_text_hour = 2');
    expect(said(await begin(await queued({ conversation: to, text: 'Vence hoy' })))).toBe('order');
    expect(await begin(await queued({ conversation: to, text: 'Vence hoy' }))).toMatchObject({ kind: 'refused', cause: 'duplicate-text' });
    expect(said(await begin(await queued({ text: 'Vence hoy' })))).toBe('order');
    expect(said(await begin(await queued({ text: 'Vence hoy' })))).toBe('same-text');
    expect(said(await begin(await queued({ text: 'Otro texto' })))).toBe('order');
  });

  it("is not another company's, and not another number's", async () => {
    await set('day_limit = 1');
    const theirs = await newNumber('beta');
    const second = await newNumber();
    expect(said(await begin(await queued()))).toBe('order');
    for (const other of [theirs, second]) {
      expect(said(await storeOf(other).beginSend(await queued({}, other), false))).toBe('order');
      expect(await storeOf(other).beginSend(await queued(), false)).toBeUndefined();
      expect(await new ChannelRows(pool, other).nextUnasked(true)).toBeUndefined();
    }
    expect(said(await begin(await queued()))).toBe('day');
  });
});

describe('typing', () => {
  it('comes before an answer of the bot, as long as its text would take, and marks nothing', async () => {
    await set('typing_ms_per_char = 300');
    const id = await queued({ lane: 'reply', text: 'Hola, Ana' });
    expect(await begin(id)).toMatchObject({ kind: 'not-yet', notYet: { reason: 'typing', waitMs: 2_700, chat: [expect.stringMatching(/@lid$/) as string] } });
    expect(await stateOf(id)).toBe('queued');
    expect(said(await begin(id, true))).toBe('order');
    expect(said(await begin(await queued({ lane: 'reply', author: 'agent' })))).toBe('order'); // who has typed it already
  });
});

describe('a restriction', () => {
  const rows = () => new ChannelRows(pool, lease);
  const inAnHour = () => Date.now() + 3_600_000;

  it('stops what it names until it has run out or is lifted', async () => {
    await rows().restrict({ signal: 'reachout-lock', stops: 'first-contacts', untilMs: inAnHour() });
    expect(said(await begin(await queued({ hasWritten: false })))).toBe('restricted');
    expect(said(await begin(await queued()))).toBe('order');
    await rows().restrict({ signal: 'too-fast', stops: 'bulk', untilMs: inAnHour() });
    expect(said(await begin(await queued()))).toBe('restricted');
    expect(said(await begin(await queued({ lane: 'reply' })))).toBe('order');
    await rows().restrict({ signal: 'temporary-ban', stops: 'everything', untilMs: inAnHour() });
    expect(said(await begin(await queued({ lane: 'reply' })))).toBe('restricted');
    await rows().restrict({ signal: 'temporary-ban', stops: 'everything', untilMs: Date.now() - 1 });
    await rows().lift(['too-fast', 'reachout-lock', 'message-cap']);
    expect(said(await begin(await queued({ hasWritten: false })))).toBe('order');
  });

  it('tells the screens, and keeps since when while it goes on', async () => {
    const row = async () => (await operator.query<{ since: Date; until: Date }>('select since, until from channel_restrictions where channel = $1', [lease.channel])).rows[0]!;
    const changes = async () => (await operator.query("select 1 from changes where topic = 'channel' and subject = $1", [lease.channel])).rowCount!;
    const before = await changes();
    await rows().restrict({ signal: 'message-cap', stops: 'first-contacts', untilMs: inAnHour() });
    const first = await row();
    await rows().restrict({ signal: 'message-cap', stops: 'first-contacts', untilMs: inAnHour() + 60_000 });
    expect((await row()).since).toEqual(first.since);
    expect((await row()).until.getTime()).toBeGreaterThan(first.until.getTime());
    expect(await changes()).toBe(before + 2);
  });
});

describe('a send', () => {
  it('is refused to the bot while it is stopped, even what waited before, and never to an agent', async () => {
    const [waiting, underWay] = [await queued({ lane: 'reply' }), await queued({ lane: 'reply' })];
    expect(said(await begin(underWay))).toBe('order');
    await operator.query("insert into operating_modes (company, mode) values ('alfa', 'stopped')");
    try {
      expect(await begin(waiting)).toMatchObject({ kind: 'refused', cause: 'stopped' });
      expect(said(await begin(underWay))).toBe('order'); // it may have left: only the same id again settles it
      expect(said(await begin(await queued({ lane: 'reply', author: 'agent' })))).toBe('order');
      const beta = await newNumber('beta');
      expect(said(await storeOf(beta).beginSend(await queued({ lane: 'reply' }, beta), false))).toBe('order');
    } finally {
      await operator.query('delete from operating_modes');
    }
  });

  it('is refused to the bot once the phone’s owner has written, as they may while it types; a thumb of theirs is no word', async () => {
    await set('typing_ms_per_char = 300');
    const id = await queued({ lane: 'reply' });
    await operator.query("update messages set answers = '{1}' where id = $1", [id]);
    const comes = (seq: number, author: string, kind: string) => operator.query(
      `insert into messages (company, conversation, channel, direction, author, seq, wa_id, from_me, kind) select company, conversation, channel, 'in', $2, $3, $4, $5, $6
        from messages where id = $1`, [id, author, seq, randomUUID(), author === 'owner', kind]);
    await comes(1, 'customer', 'text');
    await comes(2, 'owner', 'reaction');
    expect(said(await begin(id))).toBe('typing');
    await comes(3, 'owner', 'text');
    expect(await begin(id, true)).toMatchObject({ kind: 'refused', cause: 'owner-wrote' });
  });

  it('goes to the phone that wrote last, where merging gave a person two', async () => {
    const to = await conversation(true, lease);
    const { rows: [own] } = await operator.query<{ contact: string }>('select contact from conversations where id = $1', [to]);
    for (const address of ['5493415550001@s.whatsapp.net', '100@lid', '200@lid', '300@lid']) {
      await operator.query("insert into contact_addresses values ('alfa', $1, $2)", [address, own!.contact]);
    }
    let seq = 0;
    const wrote = (envelope: object) => operator.query(
      `insert into messages (company, conversation, channel, direction, author, seq, wa_id, from_me, kind, text, envelope)
        values ('alfa', $1, $2, 'in', 'customer', $3, $4, false, 'text', 'x', $5)`, [to, lease.channel, ++seq, randomUUID(), envelope]);
    const addressed = async () => {
      const start = await begin(await queued({ lane: 'reply', conversation: to }));
      return start?.kind === 'order' ? start.order.addresses[0] : start;
    };
    expect(await addressed()).toMatch(/@lid$/);
    await wrote({ from: '200@lid', sender_pn: '5493415550001@s.whatsapp.net' });
    expect(await addressed()).toBe('200@lid');
    await wrote({ from: '5493415550001@s.whatsapp.net', sender_lid: '300@lid' });
    expect(await addressed()).toBe('300@lid');
  });
});

describe('the lanes', () => {
  it('send notices before campaigns, and let others pass what only first contacts wait for', async () => {
    const [campaign, stranger, notice] = [await queued({ lane: 'campaign' }), await queued({ hasWritten: false }), await queued()];
    await new ChannelRows(pool, lease).restrict({ signal: 'message-cap', stops: 'first-contacts', untilMs: Date.now() + 3_600_000 });
    const sent: string[] = [];
    const lanes = new UnaskedLanes(async (message) => {
      const start = await begin(message);
      if (start?.kind === 'not-yet') return { state: 'held', ...start.notYet };
      sent.push(message);
      return { state: 'sent' };
    });
    await lanes.round(new ChannelRows(pool, lease));
    expect(sent).toEqual([notice, campaign]);
    expect(await stateOf(stranger)).toBe('queued');
  });

  it('send again what a killed gateway had begun and what could not leave, as nobody else waits for it; what this link may still settle waits', async () => {
    await set('typing_ms_per_char = 0');
    const [begun, unsent, doubtful, done] = [await queued(), await queued(), await queued(), await queued()];
    for (const id of [begun, unsent, doubtful, done]) await begin(id);
    await storeOf(lease).unsent(unsent, 'upload-failed');
    await operator.query("update messages set state = case id when $1 then 'unknown' else 'sent' end where id in ($1, $2)", [doubtful, done]);
    const sent: string[] = [];
    let nowMs = 0;
    const lanes = new UnaskedLanes(async (message) => {
      expect(said(await begin(message))).toBe('order');
      sent.push(message);
      return { state: 'unsent', cause: 'upload-failed' }; // one that cannot leave holds up nobody
    }, () => nowMs);
    await lanes.round(new ChannelRows(pool, lease));
    expect(sent.splice(0)).toEqual([begun, unsent]);
    await lanes.round(new ChannelRows(pool, lease));
    expect(sent).toEqual([]);
    await operator.query('update channel_leases set epoch = epoch + 1 where channel = $1', [lease.channel]);
    lease = { ...lease, epoch: lease.epoch + 1 };
    nowMs += 60_000;
    await lanes.round(new ChannelRows(pool, lease));
    expect(sent).toEqual([begun, unsent, doubtful]);
    expect((await operator.query('select 1 from unasked_sends where channel = $1', [lease.channel])).rowCount).toBe(4); // each took its part once
  });
});
