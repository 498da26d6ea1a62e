import '../../libs/channels/whatsapp/quiet.js';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustSimulator, type NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import type { MessageDetails } from '../../libs/domain/message/details.js';
import { pairingContext, readPairing } from '../../libs/domain/pairing.js';
import { LocalFolder } from '../../libs/media/local-folder.js';
import type { MediaStore } from '../../libs/media/media-store.js';
import { startNetwork, type RunningNetwork } from '../../libs/simulator/whatsapp/index.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { newCompanyKey, openVault, type Vault } from '../../libs/vault/vault.js';
import { ChannelRows } from './channel-rows.js';
import type { Arrived } from './dispatcher.js';
import { Gateway } from './gateway.js';
import { Leases } from './leases.js';
import { MediaRows } from './media-rows.js';
import { PostgresStore } from './postgres-store.js';
import { Slots } from './slots.js';

const BUSINESS = '5493410000001';
const ANA = '5493415550001';
const BETO = '5493415550002';
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const channel = randomUUID();
let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let vault: Vault;
let simulator: RunningNetwork;
let gateway: Gateway;
let folder: string;
/** Called with each file before it is stored. */
let beforePut: () => Promise<void> = () => Promise.resolve();
const arrived: Arrived[] = [];

function startGateway(): Gateway {
  const network: NetworkSettings = {
    network: 'simulator', simulatorUrl: simulator.url, simulatorRootKey: simulator.rootPublicKey, simulatorCertificate: simulator.certificate,
  };
  trustSimulator(network);
  const local = new LocalFolder(folder);
  const media: MediaStore = {
    put: async (company, bytes) => { const stored = await local.put(company, bytes); await beforePut(); return stored; },
    open: (company, sha) => local.open(company, sha),
    has: (company, sha) => local.has(company, sha),
  };
  const made = new Gateway({
    leases: new Leases(pool, { holder: randomUUID(), ttlMs: 6_000 }),
    storeOf: (lease) => new PostgresStore(pool, lease.channel, lease.epoch),
    rowsOf: (lease) => new ChannelRows(pool, lease),
    mediaRowsOf: (lease) => new MediaRows(pool, lease),
    slots: new Slots(3), media, vault, network, capacity: 10, ttlMs: 6_000,
    tell: (one) => void arrived.push(one), offer: () => undefined, hear: () => undefined,
    log: pino({ level: 'silent' }), onHeld: () => undefined, onGone: () => Promise.resolve(),
  });
  made.start();
  return made;
}

interface Row { id: string; wa_id: string; seq: string | null; kind: string; text: string | null; author: string; details: MessageDetails | null; outcome: string | null }
const rowOf = async (waId: string) => (await operator.query<Row>(
  'select id, wa_id, seq, kind, text, author, details, outcome from messages where channel = $1 and wa_id = $2', [channel, waId])).rows[0];
const arrives = (waId: string) => waitFor(`${waId} with its number`, async () => { const row = await rowOf(waId); return row?.seq ? row : undefined; });
interface FileRow { state: string; reason: string | null; sha256: string | null; size: string | null; mimetype: string | null; file_name: string | null; attempts: number }
const fileOf = async (message: string) => (await operator.query<FileRow>(
  'select state, reason, sha256, size, mimetype, file_name, attempts from media_files where message = $1', [message])).rows[0];
const settles = (message: string) => waitFor('the file settled', async () => { const file = await fileOf(message); return file && file.state !== 'wanted' ? file : undefined; });
const inState = (state: string) => waitFor(`channel ${state}`, async () =>
  (await operator.query<{ state: string }>('select state from channels where id = $1', [channel])).rows[0]?.state === state);
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const jpeg = () => sharp({ create: { width: 4, height: 3, channels: 3, background: { r: randomBytes(1)[0]!, g: 7, b: 9 } } }).jpeg().toBuffer();
const ana = () => simulator.network.person(ANA);
const OGG = Buffer.concat([Buffer.from('OggS\x00\x02'), randomBytes(40)]);
const MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), randomBytes(40)]);
const WEBP = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBPVP8 '), randomBytes(20)]);

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  folder = await mkdtemp(join(tmpdir(), 'hilo-kinds-'));
  const masterKey = randomBytes(32);
  vault = openVault({ masterKey, loadKeys: companyKeys(pool) });
  const key = newCompanyKey(masterKey, 'alfa');
  await operator.query("insert into companies (id, name) values ('alfa', 'Alfa')");
  await operator.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', ['alfa', key.id, key.wrapped]);
  await operator.query("insert into channels (company, id, name, wanted) values ('alfa', $1, 'n', true)", [channel]);
  simulator = await startNetwork();
  simulator.network.putPerson(ANA, { name: 'Ana' });
  simulator.network.putPerson(BETO, { name: 'Beto' });
  simulator.network.histories.put(simulator.network.putAccount(BUSINESS), [{ with: BETO, messages: [
    { from: 'person', text: 'hace mucho', at: ago(200) }, { from: 'person', text: '¿siguen ahí?', at: ago(3) }, { from: 'account', text: 'sí, decime', at: ago(2) },
  ] }]);
  gateway = startGateway();
  const box = await vault.forCompany('alfa');
  const qr = await waitFor('a QR', async () => {
    const { rows: [row] } = await operator.query<{ pairing: Buffer | null }>('select pairing from channels where id = $1', [channel]);
    const shown = row?.pairing && readPairing(box.open(row.pairing, pairingContext(channel)).toString());
    return shown?.kind === 'qr' ? shown.text : undefined;
  });
  await simulator.network.scan(BUSINESS, qr);
  await inState('linked');
});
afterAll(async () => {
  await gateway.stop();
  expect(simulator.network.unknown).toEqual([]);
  await simulator.stop();
  await Promise.all([pool.end(), operator.end()]);
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

describe('what a customer sends becomes a row with what it holds', () => {
  const sends = async (message: Parameters<typeof simulator.network.personSends>[2]) => arrives(await simulator.network.personSends(ANA, BUSINESS, message));

  it.each<[string, () => Parameters<typeof simulator.network.personSends>[2], Partial<Row>]>([
    ['a place', () => ({ location: { lat: -31.4, lng: -64.2, name: 'Casa', address: 'San Martín 100' } }),
      { kind: 'location', text: 'Casa', details: { location: { latitude: -31.4, longitude: -64.2, name: 'Casa', address: 'San Martín 100' } } }],
    ['a card', () => ({ contact: { name: 'Beto', phones: ['+54 9 341 555-0002'] } }), { kind: 'contact', text: 'Beto', details: { contacts: [{ name: 'Beto', phones: ['+54 9 341 555-0002'] }] } }],
  ])('%s', async (_name, message, row) => expect(await sends(message())).toMatchObject(row));

  it('a quote, a reaction, a correction and a deletion name the message that they are about', async () => {
    const first = await simulator.network.personSends(ANA, BUSINESS, 'no anda');
    await arrives(first);
    expect(await sends({ text: 'esto', quote: first })).toMatchObject({ kind: 'text', details: { quote: { waId: first, kind: 'text', text: 'no anda', fromMe: false } } });
    const act = async (what: Parameters<typeof simulator.network.talks.act>[2]) => arrives(await simulator.network.talks.act(ana(), BUSINESS, what));
    expect(await act({ kind: 'reaction', id: first, emoji: '👍' })).toMatchObject({ kind: 'reaction', text: '👍', details: { target: first } });
    expect(await act({ kind: 'reaction', id: first, emoji: '' })).toMatchObject({ kind: 'reaction', text: null, details: { target: first } });
    expect(await act({ kind: 'edit', id: first, text: 'no anda nada' })).toMatchObject({ kind: 'edit', text: 'no anda nada', details: { target: first } });
    expect(await act({ kind: 'deletion', id: first })).toMatchObject({ kind: 'deleted', details: { target: first } });
    expect(await rowOf(first)).toMatchObject({ kind: 'text', text: 'no anda' }); // the original stays as it was
  });

  it('a picture, and its file is fetched at once', async () => {
    const bytes = await jpeg();
    const row = await sends({ image: { bytes, mimetype: 'image/jpeg', caption: 'mirá' } });
    expect(row).toMatchObject({ kind: 'image', text: 'mirá', details: { media: { mimetype: 'image/jpeg', size: bytes.byteLength } } });
    expect(await settles(row.id)).toMatchObject({ state: 'stored', sha256: sha(bytes), size: String(bytes.byteLength), mimetype: 'image/jpeg' });
    expect(Buffer.from((await new LocalFolder(folder).open('alfa', sha(bytes)))!)).toEqual(bytes);
  });

  it.each<[string, () => Parameters<typeof simulator.network.personSends>[2], Buffer, string, object]>([
    ['a voice note', () => ({ audio: { bytes: OGG, mimetype: 'audio/ogg; codecs=opus', voice: true, seconds: 3 } }), OGG, 'audio/ogg', { voice: true, seconds: 3 }],
    ['a film', () => ({ video: { bytes: MP4, mimetype: 'video/mp4', seconds: 9 } }), MP4, 'video/mp4', { seconds: 9 }],
    ['a sticker', () => ({ sticker: { bytes: WEBP, mimetype: 'image/webp' } }), WEBP, 'image/webp', {}],
    ['a document', () => ({ document: { bytes: Buffer.from('%PDF-1.7 pago'), mimetype: 'application/pdf', fileName: 'pago.pdf', caption: 'el pago' } }), Buffer.from('%PDF-1.7 pago'), 'application/pdf', { fileName: 'pago.pdf' }],
  ])('%s with its file', async (_name, message, bytes, mimetype, facts) => {
    const row = await sends(message());
    expect(row.details!.media).toMatchObject(facts);
    expect(await settles(row.id)).toMatchObject({ state: 'stored', sha256: sha(bytes), mimetype });
  });

  it('a program that calls itself a picture is refused, and nothing of it is kept', async () => {
    const program = Buffer.concat([Buffer.from('MZ\x90\x00'), randomBytes(60)]);
    const row = await sends({ document: { bytes: program, mimetype: 'image/jpeg', fileName: 'foto.jpg' } });
    expect(await settles(row.id)).toMatchObject({ state: 'failed', reason: 'forbidden-type', sha256: null });
    expect(await readdir(join(folder, 'alfa'), { recursive: true })).not.toContainEqual(expect.stringContaining(sha(program)));
  });

  it('what may be seen once is shown as that', async () => {
    const row = await sends({ image: { bytes: await jpeg(), mimetype: 'image/jpeg', viewOnce: true } });
    expect(row).toMatchObject({ kind: 'unreadable', details: { unreadable: 'view-once' } });
    expect(await fileOf(row.id)).toBeUndefined();
  });

  it("what the owner sends on the phone is a row of theirs, with its file", async () => {
    const bytes = await jpeg();
    const row = await arrives(await simulator.network.phoneSends(BUSINESS, ANA, { image: { bytes, mimetype: 'image/jpeg' } }));
    expect(row).toMatchObject({ kind: 'image', author: 'owner' });
    expect(await settles(row.id)).toMatchObject({ state: 'stored', sha256: sha(bytes) });
  });
});

describe('what the phone remembers from before it was linked', () => {
  it('is there, under the person’s name, without a number, and nobody is told of it', async () => {
    const past = () => operator.query<Row & { conversation: string; name: string }>(
      `select m.*, c.name from messages m join conversations v on v.id = m.conversation join contacts c on c.id = v.contact
        where m.channel = $1 and m.outcome = 'history' order by m.id`, [channel]);
    const rows = await waitFor('history', async () => { const found = (await past()).rows; return found.length >= 2 ? found : undefined; });
    expect(rows).toMatchObject([
      { text: '¿siguen ahí?', author: 'customer', seq: null, name: 'Beto' }, { text: 'sí, decime', author: 'owner', seq: null, name: 'Beto' },
    ]);
    await waitFor('its notices forgotten', async () =>
      (await operator.query("select from wa_keys where channel = $1 and type = 'history-notice'", [channel])).rowCount === 0);
    const row = await arrives(await simulator.network.personSends(BETO, BUSINESS, 'hola de nuevo'));
    expect(row).toMatchObject({ seq: '1' });
    expect(arrived.filter(({ conversation }) => conversation === rows[0]!.conversation)).toMatchObject([{ upTo: 1 }]);
  });
});

describe('a call', () => {
  it('is refused, and is a row that the conversation can answer', async () => {
    const id = simulator.network.talks.calls.ring(ana(), simulator.network.account(BUSINESS), { video: true });
    expect(await arrives(id)).toMatchObject({ kind: 'call', author: 'customer', details: { call: { video: true } } });
    await waitFor('the refusal', () => Promise.resolve(simulator.network.ledger.find('in', BUSINESS, ANA, id)?.call?.state === 'rejected'));
  });
});

describe('what went wrong on its way', () => {
  const picture = async () => {
    const bytes = await jpeg();
    const row = await arrives(await simulator.network.personSends(ANA, BUSINESS, { image: { bytes, mimetype: 'image/jpeg' } }));
    return { bytes, file: await settles(row.id) };
  };

  it('a file that the network has dropped is asked of the phone, and fetched once more', async () => {
    simulator.network.addFault({ kind: 'expire-media', times: 1 });
    const { bytes, file } = await picture();
    expect(file).toMatchObject({ state: 'stored', sha256: sha(bytes), attempts: 1 });
  });

  it('a file that the phone has dropped, too, is told as expired', async () => {
    simulator.network.addFault({ kind: 'expire-media', times: 1 });
    simulator.network.addFault({ kind: 'lose-media', times: 1 });
    expect((await picture()).file).toMatchObject({ state: 'expired', reason: 'not-on-phone' });
  });

  it('a message that nobody can decrypt is seen, with its number and the reason, once asking again has not helped', async () => {
    simulator.network.addFault({ kind: 'garble' });
    const id = await simulator.network.personSends(ANA, BUSINESS, 'nunca');
    const row = await waitFor('its placeholder', () => rowOf(id));
    expect(row).toMatchObject({ kind: 'placeholder', seq: null, details: { unreadable: 'decrypt' } });
    await operator.query("update messages set at = at - interval '1 minute' where id = $1", [row.id]); // its wait is over
    expect(await arrives(id)).toMatchObject({ kind: 'unreadable', details: { unreadable: 'decrypt' } });
    simulator.network.clearFaults();
    expect(await arrives(await simulator.network.personSends(ANA, BUSINESS, 'ahora sí'))).toMatchObject({ text: 'ahora sí' });
  });
});

describe('a gateway that dies', () => {
  it('between storing a file and settling its row leaves it to its successor: one file, one row', async () => {
    let dying: (() => void) | undefined;
    const stored = new Promise<void>((resolve) => (dying = resolve));
    beforePut = () => { dying!(); return new Promise(() => undefined); }; // it never comes to settle
    const bytes = await jpeg();
    const id = await simulator.network.personSends(ANA, BUSINESS, { image: { bytes, mimetype: 'image/jpeg' } });
    await stored;
    await gateway.stop();
    beforePut = () => Promise.resolve();
    const row = (await rowOf(id))!;
    expect(await fileOf(row.id)).toMatchObject({ state: 'wanted', attempts: 1 });
    await operator.query('update media_files set next_at = clock_timestamp() where message = $1', [row.id]); // its wait is over
    gateway = startGateway();
    expect(await settles(row.id)).toMatchObject({ state: 'stored', sha256: sha(bytes), attempts: 2 });
    const files = await readdir(join(folder, 'alfa', sha(bytes).slice(0, 2)));
    expect(files.filter((name) => name.startsWith(sha(bytes)))).toEqual([sha(bytes)]);
  });

  it('with its ratchets lost has a row for what it cannot decrypt, which the resent message fills', async () => {
    await gateway.stop();
    await operator.query("delete from wa_keys where channel = $1 and type = 'session'", [channel]);
    gateway = startGateway();
    await inState('linked');
    const row = await arrives(await simulator.network.personSends(ANA, BUSINESS, 'otra vez'));
    expect(row).toMatchObject({ kind: 'text', text: 'otra vez', details: null });
    const { rows: [told] } = await operator.query<{ times: number }>("select count(*)::int as times from changes where topic = 'message' and subject = $1", [row.id]);
    expect(told!.times).toBe(2); // as a placeholder, and with its text
    expect(arrived.at(-1)).toMatchObject({ upTo: Number(row.seq) });
  });
});
