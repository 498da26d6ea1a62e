import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InboundRow } from '../../libs/channels/whatsapp/store.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ChannelRows } from './channel-rows.js';
import { Leases, type Lease } from './leases.js';
import { MediaRows } from './media-rows.js';
import { PostgresStore } from './postgres-store.js';

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let lease: Lease;
let store: PostgresStore;

async function newLease(company: string): Promise<Lease> {
  const id = randomUUID();
  await operator.query("insert into channels (company, id, name, wanted) values ($1, $2, 'n', true)", [company, id]);
  return (await new Leases(pool, { holder: randomUUID(), ttlMs: 60_000 }).takeFree(100, [])).find(({ channel }) => channel === id)!;
}
const row = (id: string, more: Partial<InboundRow> = {}): InboundRow => ({
  id, addresses: [`${lease.channel.slice(0, 8)}@lid`], participant: '', fromMe: false, author: 'customer', kind: 'text', text: `text ${id}`,
  raw: Buffer.from(id).toString('base64'), envelope: { id }, ...more,
});
const picture = (id: string) => row(id, { kind: 'image', details: { media: { mimetype: 'image/jpeg', size: 9, fileName: 'a.jpg' } } });
const journal = (...messages: InboundRow[]) => store.journal({ keys: [], messages });
interface MessageRow { id: string; wa_id: string; seq: string | null; kind: string; details: object | null; outcome: string | null }
const messages = async () => (await operator.query<MessageRow>(
  'select id, wa_id, seq, kind, details, outcome from messages where channel = $1 order by id', [lease.channel])).rows;
const file = async (waId: string) => (await operator.query<{ state: string; reason: string | null; file_name: string; attempts: number }>(
  'select f.state, f.reason, f.file_name, f.attempts from media_files f join messages m on m.id = f.message where m.channel = $1 and m.wa_id = $2', [lease.channel, waId])).rows[0];

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
  lease = await newLease('alfa');
  store = new PostgresStore(pool, lease.channel, lease.epoch);
});

describe('the file of a message', () => {
  it('is wanted from the statement that journals its message, taken once, and settled once', async () => {
    const rows = new MediaRows(pool, lease);
    await journal(picture('A'), row('B'));
    expect(await file('A')).toEqual({ state: 'wanted', reason: null, file_name: 'a.jpg', attempts: 0 });
    expect(await file('B')).toBeUndefined();
    const taken = (await rows.next([]))!;
    expect(taken).toMatchObject({ kind: 'image', waId: 'A', fromMe: false, attempt: 1, raw: Buffer.from('A') });
    expect(await rows.next([])).toBeUndefined(); // its next try is later
    await rows.settle(taken.message, { state: 'wanted', reason: 'unreachable' });
    expect(await file('A')).toMatchObject({ state: 'wanted', reason: 'unreachable' });
    await rows.settle(taken.message, { state: 'stored', sha256: 'a'.repeat(64), size: 9, mimetype: 'image/png' });
    await rows.settle(taken.message, { state: 'failed', reason: 'corrupt' });
    expect(await file('A')).toMatchObject({ state: 'stored', reason: null });
    const { rows: told } = await operator.query("select from changes where topic = 'message' and subject = $1", [taken.message]);
    expect(told).toHaveLength(2); // when it was made, and when its file came
  });

  it('is wanted when the text of a placeholder comes', async () => {
    await journal(row('P', { kind: 'placeholder', details: { unreadable: 'no-text' } }));
    expect(await file('P')).toBeUndefined();
    await journal(picture('P'));
    expect(await file('P')).toMatchObject({ state: 'wanted' });
  });

  it('is nothing to another number, nor to one whose lease has passed on', async () => {
    await journal(picture('A'));
    expect(await new MediaRows(pool, await newLease('alfa')).next([])).toBeUndefined();
    expect(await new MediaRows(pool, await newLease('beta')).next([])).toBeUndefined();
    await expect(new MediaRows(pool, { ...lease, epoch: lease.epoch - 1 }).next([])).rejects.toThrow('fenced');
    const [{ id }] = (await messages()) as [MessageRow];
    await new MediaRows(pool, await newLease('alfa')).settle(id, { state: 'failed', reason: 'corrupt' });
    expect(await file('A')).toMatchObject({ state: 'wanted' });
  });
});

describe('a message that nobody could read', () => {
  it('keeps the reason with its number', async () => {
    await journal(row('D', { kind: 'placeholder', details: { unreadable: 'decrypt' } }), row('N', { kind: 'placeholder' }));
    const numbered = await new ChannelRows(pool, lease).numberPlaceholders(0);
    expect(numbered).toHaveLength(2);
    expect(await messages()).toMatchObject([
      { kind: 'unreadable', seq: '1', details: { unreadable: 'decrypt' } }, { kind: 'unreadable', seq: '2', details: { unreadable: 'no-text' } },
    ]);
    await journal(row('D', { text: 'era esto' })); // for people to read
    expect(await messages()).toMatchObject([{ kind: 'text', seq: '1', details: null }, { kind: 'unreadable' }]);
  });

  it('gets its number where it is when a merge has just moved it: no number is missing, none is taken', async () => {
    const rows = new ChannelRows(pool, lease);
    const [older, newer] = [`${randomUUID()}@lid`, `${randomUUID()}@lid`];
    const [[kept], [merged]] = [await journal(row('A', { addresses: [older] })), await journal(row('B', { addresses: [newer] }))];
    await journal(row('P', { addresses: [newer], kind: 'placeholder' }));
    const merging = await operator.connect();
    await merging.query('begin');
    await merging.query(
      `select contact_merge('alfa', a.contact, b.contact, null, 'envelope') from conversations a, conversations b where a.id = $1 and b.id = $2`,
      [kept!.conversation, merged!.conversation]);
    const numbering = rows.numberPlaceholders(0);
    await waitFor('the numbering to wait for the merge', async () => (await operator.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%wa_number_placeholders%'`)).rowCount);
    await merging.query('commit');
    merging.release();
    expect(await numbering).toEqual([]);
    expect(await rows.numberPlaceholders(0)).toEqual([{ conversation: kept!.conversation, seq: 2 }]);
    expect(await journal(row('C', { addresses: [newer] }))).toEqual([{ conversation: kept!.conversation, seq: 3 }]);
    expect((await operator.query('select last_seq from conversations where id = $1', [merged!.conversation])).rows).toEqual([{ last_seq: '1' }]);
  });
});

describe('history', () => {
  const day = (days: number) => Date.UTC(2026, 0, days);
  const old = (id: string, days: number) => row(id, { atMs: day(days), kind: 'image', details: { media: { mimetype: 'image/jpeg' } } });

  it('comes before everything else in the order of time, however often and in whatever pieces, and is nobody’s to answer', async () => {
    await journal(row('live'));
    expect(await store.importHistory([old('c', 3), old('d', 4)])).toBe(2);
    expect(await store.importHistory([old('a', 1), old('b', 2), old('c', 3), row('live', { atMs: day(5) })])).toBe(2);
    expect((await messages()).map(({ wa_id, seq, outcome }) => [wa_id, seq, outcome])).toEqual([
      ['a', null, 'history'], ['b', null, 'history'], ['c', null, 'history'], ['d', null, 'history'], ['live', '1', null],
    ]);
    const rows = new ChannelRows(pool, lease);
    expect(await rows.numberPlaceholders(0)).toEqual([]);
    await operator.query('update conversations set handled_seq = last_seq');
    expect(await rows.undispatched(0)).toEqual([]);
    expect(await file('a')).toMatchObject({ state: 'wanted' });
  });

  it('that is delivered all the same is a message like any other', async () => {
    await store.importHistory([old('x', 1)]);
    expect(await journal(row('x'))).toMatchObject([{ seq: 1 }]);
    expect(await messages()).toMatchObject([{ wa_id: 'x', seq: '1', kind: 'text', outcome: null }]);
  });

  it('is written by nobody whose lease has passed on', async () => {
    await expect(new PostgresStore(pool, lease.channel, lease.epoch - 1).importHistory([old('x', 1)])).rejects.toThrow();
    expect(await messages()).toEqual([]);
  });
});
