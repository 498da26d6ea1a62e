import { randomBytes, randomUUID } from 'node:crypto';
import { initAuthCreds, proto, type SignalKeyStore } from '@whiskeysockets/baileys';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Frame, frames } from '../../libs/channels/whatsapp/frame.js';
import { Journal } from '../../libs/channels/whatsapp/journal.js';
import { keyStore } from '../../libs/channels/whatsapp/key-store.js';
import { SealedJson } from '../../libs/channels/whatsapp/sealed-json.js';
import { Discarded, Session } from '../../libs/channels/whatsapp/session.js';
import type { InboundRow, JournalEntry, NumberedMessage } from '../../libs/channels/whatsapp/store.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { newCompanyKey, openVault, type CompanyBox } from '../../libs/vault/vault.js';
import { Leases, type Lease } from './leases.js';
import { PostgresStore } from './postgres-store.js';

const SECRET = Buffer.from('ratchet-of-ana');
const row: InboundRow = {
  id: 'A', addresses: ['101@lid'], participant: '', fromMe: false, author: 'customer', kind: 'text', text: 'hola', envelope: {},
};

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let box: CompanyBox;
let lease: Lease;
let session: Session;
let store: PostgresStore;
let journal: Journal;
let keys: SignalKeyStore;
let numbered: NumberedMessage[];
const creds = Object.assign(initAuthCreds(), { account: { details: new Uint8Array([1]) } });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa')");
  const masterKey = randomBytes(32);
  const wrapped = [newCompanyKey(masterKey, 'alfa')];
  box = await openVault({ masterKey, loadKeys: () => Promise.resolve(wrapped) }).forCompany('alfa');
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});
beforeEach(async () => {
  const channel = randomUUID();
  await operator.query("insert into channels (company, id, name, wanted) values ('alfa', $1, 'n', true)", [channel]);
  const taken = await new Leases(pool, { holder: randomUUID(), ttlMs: 60_000 }).takeFree(100, []);
  lease = taken.find((one) => one.channel === channel)!;
  session = new Session(lease.epoch);
  numbered = [];
  store = new PostgresStore(pool, channel, lease.epoch);
  const sealed = new SealedJson(box, channel);
  journal = new Journal({ session, store, sealed, creds, onNumbered: (messages) => void numbered.push(...messages) });
  keys = keyStore(journal);
});

const count = async (table: string) =>
  Number((await operator.query<{ count: string }>(`select count(*) from ${table} where channel = $1`, [lease.channel])).rows[0]!.count);
const readyFrame = (of = session, written = row) => {
  const frame = new Frame(of, randomBytes(32));
  frame.ready = { plain: Buffer.from('hola'), rows: [written], answers: [] };
  return frame;
};

describe('the key store', () => {
  it('gives back what it was given, as the library needs it', async () => {
    await keys.set({ session: { '101.0': SECRET }, 'pre-key': { '1': { public: Buffer.from('p'), private: Buffer.from('q') } } });
    expect(await keys.get('session', ['101.0', 'none'])).toEqual({ '101.0': SECRET });
    const { '1': pair } = await keys.get('pre-key', ['1']);
    expect(Buffer.isBuffer(pair?.private)).toBe(true);
    await keys.set({ session: { '101.0': null } });
    expect(await keys.get('session', ['101.0'])).toEqual({});
    expect(await keys.get('session', [])).toEqual({});
  });

  it('gives back app state keys as messages of the protocol', async () => {
    await keys.set({ 'app-state-sync-key': { k: proto.Message.AppStateSyncKeyData.fromObject({ keyData: SECRET }) } });
    const { k } = await keys.get('app-state-sync-key', ['k']);
    expect(Buffer.from(k!.keyData!)).toEqual(SECRET);
  });

  it('keeps nothing readable, and nothing that opens elsewhere', async () => {
    await frames.run(readyFrame(), () => keys.set({ session: { '101.0': SECRET } }));
    await journal.saveCreds(creds);
    const { rows } = await operator.query<{ bytes: Buffer }>(
      `select value bytes from wa_keys where channel = $1 union all select value from wa_creds where channel = $1
        union all select plain from wa_plaintexts where channel = $1`, [lease.channel]);
    expect(rows).toHaveLength(3);
    const all = Buffer.concat(rows.map(({ bytes }) => bytes)).toString('latin1');
    for (const secret of ['ratchet', SECRET.toString('base64'), 'noiseKey', 'private', 'hola']) expect(all).not.toContain(secret);
    await operator.query("update wa_keys set id = '202.0' where channel = $1", [lease.channel]);
    await expect(keys.get('session', ['202.0'])).rejects.toThrow('altered, moved');
  });

  it('reads what it has committed without asking, each time anew, and asks once for what it has not', async () => {
    await keys.set({ 'device-list': { a: ['0'] } });
    await keys.get('session', ['none']);
    await operator.query('delete from wa_keys where channel = $1', [lease.channel]);
    const { a } = await keys.get('device-list', ['a']);
    a!.push('1'); // as Baileys does
    expect(await keys.get('device-list', ['a'])).toEqual({ a: ['0'] });
    await operator.query("insert into wa_keys (company, channel, type, id, value) values ('alfa', $1, 'session', 'none', '')", [lease.channel]);
    expect(await keys.get('session', ['none'])).toEqual({});
  });

  it('reads nothing that is not committed', async () => {
    await keys.set({ 'device-list': { a: ['old'] } });
    const blocking = await operator.connect();
    await blocking.query('begin');
    await blocking.query('select from channel_leases where channel = $1 for update', [lease.channel]);
    const order: string[] = [];
    const written = Promise.resolve(keys.set({ 'device-list': { a: ['new'] } })).then(() => order.push('written'));
    const read = Promise.resolve(keys.get('device-list', ['a'])).then(({ a }) => order.push(...a!));
    await expect.poll(async () => (await operator.query("select from pg_stat_activity where wait_event_type = 'Lock' and query like '%wa_journal%'")).rowCount).toBe(1);
    expect(order).toEqual([]);
    await blocking.query('rollback');
    blocking.release();
    await Promise.all([written, read]);
    expect(order).toEqual(['written', 'new']);
  });

  it('makes one statement of what is asked for at once, with the last value of a key, but never of two ciphertexts', async () => {
    const entries: JournalEntry[] = [];
    const journalled = store.journal.bind(store);
    store.journal = (entry) => journalled(entry).finally(() => entries.push(entry));
    await Promise.all([
      keys.set({ 'device-list': { a: ['1'], b: ['1'] } }),
      frames.run(readyFrame(), () => keys.set({ 'device-list': { a: ['2'] } })),
      frames.run(readyFrame(session, { ...row, id: 'B' }), () => keys.set({ 'device-list': { c: ['1'] } })),
    ]);
    expect(entries.map(({ keys: written, messages }) => [written.map(({ id }) => id), messages.map(({ id }) => id)])).toEqual([[['a', 'b'], ['A']], [['c'], ['B']]]);
    expect(numbered.map(({ seq }) => seq)).toEqual([1, 2]);
    await operator.query('delete from wa_keys where channel = $1', [lease.channel]);
    expect(await keys.get('device-list', ['a', 'b', 'c'])).toEqual({ a: ['2'], b: ['1'], c: ['1'] });
  });

  it('commits the message with the ratchet that decrypted it, once', async () => {
    const frame = readyFrame();
    await frames.run(frame, () => keys.set({ session: { '101.0': SECRET } }));
    expect(frame.written).toBe(true);
    expect(numbered).toMatchObject([{ seq: 1 }]);
    await frames.run(frame, () => keys.set({ session: { '101.0': SECRET } }));
    expect([await count('messages'), await count('wa_plaintexts'), numbered.length]).toEqual([1, 1, 1]);
    expect(await journal.recall(frame.sha)).toEqual(Buffer.from('hola'));
    expect(await journal.recall(randomBytes(32))).toBeUndefined();
  });

  it('never commits a message of another session, or one whose plaintext is not known yet', async () => {
    await frames.run(readyFrame(new Session(1)), () => keys.set({ session: { a: SECRET } }));
    await frames.run(new Frame(session, randomBytes(32)), () => keys.set({ session: { b: SECRET } }));
    expect(await count('messages')).toBe(0);
    expect(await count('wa_keys')).toBe(2);
  });

  it('writes new pre-keys together with the counter that names them', async () => {
    await keys.set({ session: { a: SECRET } });
    expect(await count('wa_creds')).toBe(0);
    await keys.set({ 'pre-key': { '5': { public: SECRET, private: SECRET } } });
    expect(await count('wa_creds')).toBe(1);
  });

  it('saves changed credentials soon, also without any other commit', async () => {
    journal.credsChanged();
    await expect.poll(() => count('wa_creds')).toBe(1);
  });

  it('writes nothing of a commit that fails, and nothing afterwards', async () => {
    await operator.query('update channel_leases set epoch = epoch + 1 where channel = $1', [lease.channel]);
    await expect(frames.run(readyFrame(), () => keys.set({ session: { a: SECRET } }))).rejects.toThrow();
    await operator.query('update channel_leases set epoch = epoch - 1 where channel = $1', [lease.channel]);
    await expect(keys.set({ session: { a: SECRET } })).rejects.toThrow(Discarded);
    await expect(keys.get('session', ['a'])).rejects.toThrow(Discarded);
    expect([await count('messages'), await count('wa_keys'), numbered.length]).toEqual([0, 0, 0]);
  });
});
