import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fenced, type InboundRow } from '../../libs/channels/whatsapp/store.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ChannelRows } from './channel-rows.js';
import { Leases, type Lease } from './leases.js';
import { PostgresStore } from './postgres-store.js';

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let lease: Lease;
let store: PostgresStore;
const sha = (text: string) => createHash('sha256').update(text).digest();

async function newChannel(company: string): Promise<string> {
  const id = randomUUID();
  await operator.query("insert into channels (company, id, name, wanted) values ($1, $2, 'n', true)", [company, id]);
  return id;
}
async function leaseOf(channel: string, ttlMs = 60_000): Promise<Lease> {
  const taken = await new Leases(pool, { holder: randomUUID(), ttlMs }).takeFree(100, []);
  return taken.find((one) => one.channel === channel)!;
}
const row = (id: string, more: Partial<InboundRow> = {}): InboundRow => ({
  id, addresses: ['5493415550101@s.whatsapp.net', '101@lid'], participant: '', fromMe: false, author: 'customer', name: 'Ana',
  kind: 'text', text: `text ${id}`, raw: Buffer.from('raw').toString('base64'), envelope: { id }, ...more,
});
const messages = async (channel: string) =>
  (await operator.query<{ wa_id: string; seq: string | null; kind: string; text: string; company: string }>(
    'select wa_id, seq, kind, text, company from messages where channel = $1 order by seq nulls last', [channel])).rows;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa'), ('beta', 'Beta')");
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});
beforeEach(async () => {
  lease = await leaseOf(await newChannel('alfa'));
  store = new PostgresStore(pool, lease.channel, lease.epoch);
});

describe('the journal in PostgreSQL', () => {
  it('commits keys, credentials, fingerprint and message together', async () => {
    const numbered = await store.journal({
      keys: [{ type: 'session', id: '101_1.0', value: Buffer.from('ratchet') }], creds: Buffer.from('creds'),
      sha: sha('c1'), plain: Buffer.from('plain'), messages: [row('A')],
    });
    expect(numbered).toEqual([{ conversation: expect.any(String) as string, seq: 1 }]);
    expect(await store.readKeys('session', ['101_1.0', 'none'])).toEqual([{ id: '101_1.0', value: Buffer.from('ratchet') }]);
    expect(await store.readCreds()).toEqual(Buffer.from('creds'));
    expect(await store.readPlaintext(sha('c1'))).toEqual(Buffer.from('plain'));
    expect(await store.readPlaintext(sha('c2'))).toBeUndefined();
    expect(await messages(lease.channel)).toMatchObject([{ wa_id: 'A', seq: '1', text: 'text A', company: 'alfa' }]);
  });

  it('deletes keys without a value and replaces others', async () => {
    await store.journal({ keys: [{ type: 'session', id: 'x', value: Buffer.from('1') }, { type: 'pre-key', id: '1', value: Buffer.from('p') }], messages: [] });
    await store.journal({ keys: [{ type: 'session', id: 'x', value: Buffer.from('2') }, { type: 'pre-key', id: '1', value: null }], messages: [] });
    expect(await store.readKeys('session', ['x'])).toEqual([{ id: 'x', value: Buffer.from('2') }]);
    expect(await store.readKeys('pre-key', ['1'])).toEqual([]);
  });

  it('gives numbers without a gap, and a repeat changes nothing', async () => {
    await store.journal({ keys: [], messages: [row('A')] });
    expect(await store.journal({ keys: [], messages: [row('A', { text: 'other' })] })).toEqual([]);
    expect(await store.journal({ keys: [], messages: [row('B')] })).toMatchObject([{ seq: 2 }]);
    expect(await messages(lease.channel)).toMatchObject([{ wa_id: 'A', seq: '1', text: 'text A' }, { wa_id: 'B', seq: '2' }]);
  });

  it('leads both addresses of a person to one conversation, whichever comes first', async () => {
    const lid = `${randomUUID()}@lid`;
    const phone = `${randomUUID()}@s.whatsapp.net`;
    const [first] = await store.journal({ keys: [], messages: [row('A', { addresses: [lid] })] });
    const [both] = await store.journal({ keys: [], messages: [row('B', { addresses: [phone, lid] })] });
    const [second] = await store.journal({ keys: [], messages: [row('C', { addresses: [phone] })] });
    expect([both!.conversation, second!.conversation]).toEqual([first!.conversation, first!.conversation]);
    expect(second!.seq).toBe(3);
  });

  it('leads to one contact also when two numbers hear of a newcomer at once, one of them by more addresses', async () => {
    const [phone, lid] = [`1${randomUUID()}@s.whatsapp.net`, `2${randomUUID()}@lid`];
    const contactOf = 'select contact_of($1, $2, $3) contact';
    const first = await operator.connect();
    await first.query('begin');
    const { rows: [one] } = await first.query<{ contact: string }>(contactOf, ['alfa', [phone], 'Ana']);
    const second = operator.query<{ contact: string }>(contactOf, ['alfa', [phone, lid], 'Ana']);
    await waitFor('the second waits for the first', async () =>
      (await operator.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount === 1);
    await first.query('commit');
    first.release();
    expect((await second).rows).toEqual([one]);
    const { rows: addresses } = await operator.query('select address from contact_addresses where contact = $1 order by 1', [one!.contact]);
    expect(addresses).toEqual([{ address: phone }, { address: lid }]);
  });

  it('keeps the order of messages that are committed at once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `M${index}`);
    const numbered = await Promise.all(ids.map((id) => store.journal({ keys: [], messages: [row(id)] })));
    expect(numbered.flat().map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(ids.map((_, index) => index + 1));
  });

  it('gives a message without text no number until its text comes', async () => {
    const rows = new ChannelRows(pool, lease);
    expect(await store.journal({ keys: [], messages: [row('AD', { kind: 'placeholder', text: undefined, raw: undefined })] })).toEqual([]);
    expect(await messages(lease.channel)).toMatchObject([{ wa_id: 'AD', seq: null, kind: 'placeholder' }]);
    expect(await store.journal({ keys: [], messages: [row('AD', { addresses: ['101@lid'] })] })).toMatchObject([{ seq: 1 }]);
    expect(await messages(lease.channel)).toMatchObject([{ wa_id: 'AD', seq: '1', kind: 'text', text: 'text AD' }]);
    expect(await rows.numberPlaceholders(0)).toEqual([]);
  });

  it('waits as long for the text of a message out of a backlog: what counts is when it came, not when it was written', async () => {
    const rows = new ChannelRows(pool, lease);
    const writtenMs = Date.now() - 3_600_000;
    await store.journal({ keys: [], messages: [row('AD', { kind: 'placeholder', text: undefined, raw: undefined, atMs: writtenMs })] });
    expect(await rows.numberPlaceholders(60_000)).toEqual([]);
    expect(await store.journal({ keys: [], messages: [row('AD', { atMs: writtenMs })] })).toMatchObject([{ seq: 1 }]);
    const { rows: [kept] } = await operator.query<{ at: Date }>(`select at from messages where channel = $1 and wa_id = 'AD'`, [lease.channel]);
    expect(kept!.at).toEqual(new Date(writtenMs));
  });

  it('numbers a message whose text stays away, once, and keeps the text for people if it comes after all', async () => {
    const rows = new ChannelRows(pool, lease);
    await store.journal({ keys: [], messages: [row('AD', { kind: 'placeholder', text: undefined, raw: undefined })] });
    expect(await rows.numberPlaceholders(60_000)).toEqual([]);
    expect(await rows.numberPlaceholders(0)).toMatchObject([{ seq: 1 }]);
    expect(await rows.numberPlaceholders(0)).toEqual([]);
    expect(await messages(lease.channel)).toMatchObject([{ seq: '1', kind: 'unreadable' }]);
    expect(await store.journal({ keys: [], messages: [row('AD')] })).toEqual([]);
    expect(await messages(lease.channel)).toMatchObject([{ seq: '1', kind: 'text', text: 'text AD' }]);
  });

  it('finds conversations whose dispatch was lost, until they are handled', async () => {
    const rows = new ChannelRows(pool, lease);
    const [numbered] = await store.journal({ keys: [], messages: [row('A')] });
    expect(await rows.undispatched(60_000)).toEqual([]);
    expect(await rows.undispatched(0)).toEqual([numbered]);
    await operator.query('update conversations set handled_seq = 1 where id = $1', [numbered!.conversation]);
    expect(await rows.undispatched(0)).toEqual([]);
  });

  it('finds conversations that have something to say or to ask which nobody takes further, after a while', async () => {
    const rows = new ChannelRows(pool, lease);
    const [numbered] = await store.journal({ keys: [], messages: [row('A')] });
    const { conversation } = numbered!;
    const run = (sql: string) => operator.query(sql, [conversation]);
    await run('update conversations set handled_seq = 1 where id = $1');
    await run(`insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
      select 'alfa', id, channel, 'out', 'bot', 'OUT-LEFT', true, 'text', 'hola', 'queued' from conversations where id = $1`);
    expect(await rows.undispatched(0)).toEqual([]);
    await run(`update messages set at = now() - interval '1 hour' where conversation = $1`);
    expect(await rows.undispatched(0)).toEqual([numbered]);
    await run(`update messages set state = 'unknown', cause = 'expired' where conversation = $1 and direction = 'out'`);
    expect(await rows.undispatched(0)).toEqual([]);
    await run(`insert into conversation_queries (company, conversation, step, query, asked_at) values ('alfa', $1, 's1', '{}', now() - interval '1 hour')`);
    expect(await rows.undispatched(0)).toEqual([numbered]);
    await run(`update conversation_queries set result = '{}' where conversation = $1`);
    expect(await rows.undispatched(0)).toEqual([]);
  });

  it('forgets plaintexts after their time', async () => {
    const rows = new ChannelRows(pool, lease);
    await store.journal({ keys: [], sha: sha('old'), plain: Buffer.from('p'), messages: [] });
    await rows.forgetPlaintexts(60_000);
    expect(await store.readPlaintext(sha('old'))).toBeDefined();
    await rows.forgetPlaintexts(0);
    expect(await store.readPlaintext(sha('old'))).toBeUndefined();
  });
});

describe('sending in PostgreSQL', () => {
  async function queued(conversation: string, waId: string): Promise<string> {
    const { rows } = await operator.query<{ id: string }>(
      `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
        values ('alfa', $1, $2, 'out', 'bot', $3, true, 'text', 'hola', 'queued') returning id`,
      [conversation, lease.channel, waId]);
    return rows[0]!.id;
  }
  const stateOf = async (id: string) => (await operator.query<{ state: string; cause: string | null }>('select state, cause from messages where id = $1', [id])).rows[0];

  it('gives the row with the LID first, and keeps what the network confirmed', async () => {
    const conversation = (await store.journal({ keys: [], messages: [row('A')] }))[0]!.conversation;
    const id = await queued(conversation, 'OUT1');
    expect(await store.beginSend(id, false)).toMatchObject({ kind: 'order', order: { waId: 'OUT1', text: 'hola', state: 'sending', addresses: ['101@lid', '5493415550101@s.whatsapp.net'] } });
    await store.settle([{ waId: 'OUT1', state: 'unknown', cause: 'no-ack' }]);
    await store.settle([{ waId: 'OUT1', state: 'delivered' }]);
    await store.settle([{ waId: 'OUT1', state: 'sent' }]);
    expect(await stateOf(id)).toEqual({ state: 'delivered', cause: null });
    expect(await store.beginSend(id, false)).toMatchObject({ order: { state: 'delivered' } });
    expect(await store.sentMessage('OUT1')).toEqual({ kind: 'text', text: 'hola', raw: null });
  });

  it('settles many at once, each by the furthest that is known of it', async () => {
    const conversation = (await store.journal({ keys: [], messages: [row('A')] }))[0]!.conversation;
    const ids = [await queued(conversation, 'M1'), await queued(conversation, 'M2'), await queued(conversation, 'M3')];
    const refused = { waId: 'M2', state: 'failed', cause: 'ack-463' } as const;
    await store.settle([{ waId: 'M1', state: 'read' }, refused, { waId: 'M1', state: 'sent' }, { waId: 'none', state: 'sent' }]);
    expect(await Promise.all(ids.map(stateOf))).toEqual([{ state: 'read', cause: null }, { state: 'failed', cause: 'ack-463' }, { state: 'queued', cause: null }]);
    const times = 'select num_nonnulls(sent_at, delivered_at, read_at) times from messages where id = any($1) order by id';
    expect((await operator.query<{ times: number }>(times, [ids])).rows.map((one) => one.times)).toEqual([3, 0, 0]);
  });

  it('keeps the cause of a refusal', async () => {
    const conversation = (await store.journal({ keys: [], messages: [row('A')] }))[0]!.conversation;
    const id = await queued(conversation, 'OUT2');
    await store.beginSend(id, false);
    await store.settle([{ waId: 'OUT2', state: 'failed', cause: 'ack-463' }]);
    expect(await store.beginSend(id, false)).toMatchObject({ order: { state: 'failed', cause: 'ack-463' } });
  });

  it('knows no row of another channel', async () => {
    const conversation = (await store.journal({ keys: [], messages: [row('A')] }))[0]!.conversation;
    const id = await queued(conversation, 'OUT3');
    const other = await leaseOf(await newChannel('alfa'));
    const elsewhere = new PostgresStore(pool, other.channel, other.epoch);
    expect(await elsewhere.beginSend(id, false)).toBeUndefined();
    expect(await elsewhere.sentMessage('OUT3')).toBeUndefined();
    await elsewhere.settle([{ waId: 'OUT3', state: 'read' }]);
    expect(await stateOf(id)).toMatchObject({ state: 'queued' });
  });
});

describe('a lost lease', () => {
  const everyWrite: [string, (on: PostgresStore) => Promise<unknown>][] = [
    ['journal', (on) => on.journal({ keys: [{ type: 'session', id: 'x', value: Buffer.from('1') }], messages: [row('A')] })],
    ['begin a send', (on) => on.beginSend('1', false)],
    ['settle', (on) => on.settle([{ waId: 'A', state: 'sent' }])],
    ['write a group', (on) => on.writeGroup('1@g.us', {})],
    ['read keys', (on) => on.readKeys('session', ['x'])],
    ['read credentials', (on) => on.readCreds()],
  ];
  it.each(everyWrite)('lets nobody %s', async (_name, write) => {
    const old = new PostgresStore(pool, lease.channel, lease.epoch);
    await operator.query('update channel_leases set epoch = epoch + 1 where channel = $1', [lease.channel]);
    await expect(write(old)).rejects.toThrow(Fenced);
    expect(await messages(lease.channel)).toEqual([]);
  });
  it.each(everyWrite)('that ran out lets nobody %s', async (_name, write) => {
    await operator.query("update channel_leases set until = clock_timestamp() - interval '1 ms' where channel = $1", [lease.channel]);
    await expect(write(store)).rejects.toThrow(Fenced);
  });
});

describe('not another company', () => {
  it("a lease of one company never reaches another's rows, though the other's ids are known", async () => {
    const [mine] = await store.journal({ keys: [{ type: 'session', id: 'x', value: Buffer.from('alfa') }], messages: [row('A')] });
    const { rows: [out] } = await operator.query<{ id: string }>(
      `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
        values ('alfa', $1, $2, 'out', 'bot', 'OUT9', true, 'text', 'secreto', 'queued') returning id`, [mine!.conversation, lease.channel]);
    const theirs = await leaseOf(await newChannel('beta'));
    const other = new PostgresStore(pool, theirs.channel, theirs.epoch);
    expect(await other.readKeys('session', ['x'])).toEqual([]);
    expect(await other.readCreds()).toBeUndefined();
    expect(await other.beginSend(out!.id, false)).toBeUndefined();
    await other.settle([{ waId: 'OUT9', state: 'failed', cause: 'x' }]);
    const conversation = (await other.journal({ keys: [], messages: [row('A')] }))[0]!.conversation;
    expect(conversation).not.toBe(mine!.conversation);
    const { rows } = await operator.query<{ company: string; state: string | null }>(
      "select company, state from messages where channel = any($1) order by id", [[lease.channel, theirs.channel]]);
    expect(rows).toEqual([{ company: 'alfa', state: null }, { company: 'alfa', state: 'queued' }, { company: 'beta', state: null }]);
  });

  it('a channel id with the epoch of another channel is fenced', async () => {
    const theirs = await leaseOf(await newChannel('beta'));
    await operator.query('update channel_leases set epoch = 77 where channel = $1', [theirs.channel]);
    await expect(new PostgresStore(pool, lease.channel, 77).readCreds()).rejects.toThrow(Fenced);
  });
});

describe("a channel's row", () => {
  const channelRow = async () => (await operator.query<Record<string, unknown>>('select wanted, state, state_reason, number, pairing from channels where id = $1', [lease.channel])).rows[0];
  it('tells how far the link is, and forgets the pairing with the next state', async () => {
    const rows = new ChannelRows(pool, lease);
    const box = { seal: (plain: Uint8Array) => Buffer.from(plain), open: (sealed: Uint8Array) => Buffer.from(sealed) };
    await rows.waiting(box, { kind: 'code', code: 'ABCD2345' }, 20_000);
    expect(await channelRow()).toMatchObject({ state: 'waiting', pairing: Buffer.from('{"kind":"code","code":"ABCD2345"}') });
    await rows.state('linked', undefined, '5493415550100');
    expect(await channelRow()).toMatchObject({ state: 'linked', number: '5493415550100', pairing: null });
  });

  it('keeps messages and deletes keys when the link ends, and is no longer wanted', async () => {
    const rows = new ChannelRows(pool, lease);
    await store.journal({ keys: [{ type: 'session', id: 'x', value: Buffer.from('1') }], creds: Buffer.from('c'), messages: [row('A')] });
    await rows.endLink('logged-out', 'by-phone');
    expect(await channelRow()).toMatchObject({ state: 'logged-out', state_reason: 'by-phone', wanted: false });
    expect(await store.readKeys('session', ['x'])).toEqual([]);
    expect(await store.readCreds()).toBeUndefined();
    expect(await messages(lease.channel)).toHaveLength(1);
    expect(await rows.wish()).toMatchObject({ wanted: false });
  });
});
