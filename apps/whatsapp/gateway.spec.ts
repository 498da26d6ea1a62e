import '../../libs/channels/whatsapp/quiet.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { trustSimulator, type NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { pairingContext, readPairing, type Pairing } from '../../libs/domain/pairing.js';
import { LocalFolder } from '../../libs/media/local-folder.js';
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
/** Longer than this process stands still under load: a lease that runs out begins the pairing anew. */
const TTL_MS = 15_000;

let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let vault: Vault;
let simulator: RunningNetwork;
let channel: string;
let gateway: Gateway;
let arrived: Arrived[];
const lines: string[] = [];

function newGateway(): Gateway {
  const network: NetworkSettings = { network: 'simulator', simulatorUrl: simulator.url, simulatorRootKey: simulator.rootPublicKey };
  return new Gateway({
    leases: new Leases(pool, { holder: randomUUID(), ttlMs: TTL_MS }),
    storeOf: (lease) => new PostgresStore(pool, lease.channel, lease.epoch),
    rowsOf: (lease) => new ChannelRows(pool, lease),
    mediaRowsOf: (lease) => new MediaRows(pool, lease),
    slots: new Slots(3), media: new LocalFolder(join(tmpdir(), 'hilo-no-media')),
    vault, network, capacity: 10, ttlMs: TTL_MS,
    tell: (one) => void arrived.push(one),
    offer: () => undefined, hear: () => undefined,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    onHeld: () => undefined,
    onGone: () => Promise.resolve(),
  });
}

const row = async () => (await operator.query<{ state: string; state_reason: string | null; number: string | null; pairing: Buffer | null; wanted: boolean }>(
  'select state, state_reason, number, pairing, wanted from channels where id = $1', [channel])).rows[0]!;
const inState = (state: string) => waitFor(`channel ${state}`, async () => (await row()).state === state);
async function pairing(kind: Pairing['kind']): Promise<string> {
  const box = await vault.forCompany('alfa');
  const shown = await waitFor(`a ${kind}`, async () => {
    const { pairing: sealed } = await row();
    const open = sealed && readPairing(box.open(sealed, pairingContext(channel)).toString());
    return open && open.kind === kind ? open : undefined;
  });
  return shown.kind === 'qr' ? shown.text : shown.code;
}
async function linked(): Promise<void> {
  await simulator.network.scan(BUSINESS, await pairing('qr'));
  await inState('linked');
}
interface MessageRow { wa_id: string; seq: string | null; kind: string; text: string | null; author: string; state: string | null; cause: string | null; conversation: string }
const rows = async () => (await operator.query<MessageRow>(
  'select wa_id, seq, kind, text, author, state, cause, conversation from messages where channel = $1 order by id', [channel])).rows;
const untilText = (text: string) => waitFor(`"${text}" in its row`, async () => (await rows()).find((one) => one.text === text && one.seq));
async function queue(conversation: string, text: string): Promise<{ id: string; waId: string }> {
  const waId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
  const { rows: [made] } = await operator.query<{ id: string }>(
    `insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, state)
      values ('alfa', $1, $2, 'out', 'bot', $3, true, 'text', $4, 'queued') returning id`, [conversation, channel, waId, text]);
  return { id: made!.id, waId };
}
const send = (id: string) => gateway.send({ company: 'alfa', channel, message: id });

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.appUrl });
  operator = new pg.Pool({ connectionString: database.superuserUrl });
  const masterKey = randomBytes(32);
  vault = openVault({ masterKey, loadKeys: companyKeys(pool) });
  for (const company of ['alfa', 'beta']) {
    await operator.query('insert into companies (id, name) values ($1, $1)', [company]);
    const key = newCompanyKey(masterKey, company);
    await operator.query('insert into company_keys (company, id, wrapped) values ($1, $2, $3)', [company, key.id, key.wrapped]);
  }
});
afterAll(async () => {
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
});
beforeEach(async () => {
  await operator.query('update channels set wanted = false; update channels set number = null');
  channel = randomUUID();
  await operator.query("insert into channels (company, id, name, wanted) values ('alfa', $1, 'n', true)", [channel]);
  arrived = [];
  simulator = await startNetwork();
  trustSimulator({ network: 'simulator', simulatorUrl: simulator.url, simulatorRootKey: simulator.rootPublicKey });
  simulator.network.putPerson(ANA, { name: 'Ana' });
  simulator.network.putPerson(BETO, { name: 'Beto', lid: false });
  gateway = newGateway();
  gateway.start();
});
afterEach(async () => {
  await gateway.stop();
  await simulator.stop();
  expect(simulator.network.unknown).toEqual([]);
});

describe('linking', () => {
  it('shows a QR, sealed, and is linked once a phone has scanned it', async () => {
    const qr = await pairing('qr');
    expect((await row()).pairing!.includes(Buffer.from(qr.slice(0, 20)))).toBe(false);
    await simulator.network.scan(BUSINESS, qr);
    await inState('linked');
    expect(await row()).toMatchObject({ number: BUSINESS, pairing: null, state_reason: null });
  });

  it('links by a code for a number', async () => {
    await pairing('qr');
    simulator.network.putAccount(BUSINESS);
    await operator.query('update channels set pairing_number = $2 where id = $1', [channel, BUSINESS]);
    gateway.changed(channel);
    await simulator.network.enterCode(BUSINESS, await pairing('code'));
    await inState('linked');
  });

  it('refuses an ordinary WhatsApp, takes itself off the phone, and waits for a new wish', async () => {
    simulator.network.putAccount(BUSINESS, { business: false });
    await simulator.network.scan(BUSINESS, await pairing('qr'));
    await inState('refused');
    expect(await row()).toMatchObject({ state_reason: 'ordinary-whatsapp', wanted: false });
    expect(simulator.network.accounts).toMatchObject([{ number: BUSINESS, linked: false }]);
    await waitFor('the number is given up', () => gateway.held.length === 0);
    expect(await operator.query('select 1 from wa_creds where channel = $1', [channel])).toMatchObject({ rowCount: 0 });
  });

  it('is logged out when the phone removes it, and asks for a QR only when it is wished again', async () => {
    await linked();
    simulator.network.unlink(BUSINESS);
    await inState('logged-out');
    await waitFor('the number is given up', () => gateway.held.length === 0);
    expect((await row()).wanted).toBe(false);
    await operator.query('update channels set wanted = true where id = $1', [channel]);
    gateway.changed(channel);
    await linked();
  });

  it('takes itself off the phone when it is no longer wanted', async () => {
    await linked();
    await operator.query('update channels set wanted = false where id = $1', [channel]);
    gateway.changed(channel);
    await inState('unlinked');
    await waitFor('the phone shows no device', () => simulator.network.accounts[0]?.linked === false);
    await waitFor('the number is given up', () => gateway.held.length === 0);
  });

  it('comes back after the connection drops, without a new QR', async () => {
    await linked();
    simulator.network.addFault({ kind: 'drop-connection', account: BUSINESS, times: 1 });
    await simulator.network.personSends(ANA, BUSINESS, 'después del corte');
    await untilText('después del corte');
  });

  it('connects anew when that is asked for, once, and keeps its link', async () => {
    await linked();
    const epoch = async () => (await operator.query<{ epoch: string }>('select epoch from channel_leases where channel = $1', [channel])).rows[0]!.epoch;
    const before = Number(await epoch());
    await operator.query('update channels set restart_asked_at = now() where id = $1', [channel]);
    gateway.changed(channel);
    await waitFor('another session', async () => Number(await epoch()) > before && (await row()).state === 'linked');
    gateway.changed(channel); // the same wish, told again
    await simulator.network.personSends(ANA, BUSINESS, 'después de reiniciar');
    await untilText('después de reiniciar');
    expect(Number(await epoch())).toBe(before + 1);
    expect(simulator.network.accounts).toMatchObject([{ number: BUSINESS, linked: true }]);
    expect((await row()).pairing).toBeNull();
  });

  it('passes to another gateway when this one stops, keys and all', async () => {
    await linked();
    await simulator.network.personSends(ANA, BUSINESS, 'uno');
    await untilText('uno');
    await gateway.stop();
    await simulator.network.personSends(ANA, BUSINESS, 'dos');
    gateway = newGateway();
    gateway.start();
    await simulator.network.personSends(ANA, BUSINESS, 'tres');
    await untilText('tres');
    expect((await rows()).map(({ seq, text }) => [seq, text])).toEqual([['1', 'uno'], ['2', 'dos'], ['3', 'tres']]);
  });
});

describe('messages', () => {
  beforeEach(linked);

  it('are journaled in order, whichever address they come from, and dispatched', async () => {
    for (const text of ['a1', 'a2', 'a3']) await simulator.network.personSends(ANA, BUSINESS, text);
    await simulator.network.personSends(BETO, BUSINESS, 'b1');
    await untilText('a3');
    const { conversation } = await untilText('b1');
    const ana = (await rows()).filter((one) => one.conversation !== conversation);
    expect(ana.map(({ seq, text, author, kind }) => [seq, text, author, kind])).toEqual(
      ['a1', 'a2', 'a3'].map((text, index) => [String(index + 1), text, 'customer', 'text']));
    expect(arrived.at(-1)).toMatchObject({ company: 'alfa', channel });
    expect(arrived.filter((one) => one.conversation === ana[0]!.conversation).map(({ upTo }) => upTo)).toEqual([1, 2, 3]);
    await waitFor('the network has our receipts', () => simulator.network.ledger.after().every(({ state }) => state === 'delivered'));
  });

  it('that the owner writes on the phone are the owner’s', async () => {
    await simulator.network.personSends(ANA, BUSINESS, 'hola');
    const { conversation } = await untilText('hola');
    await simulator.network.phoneSends(BUSINESS, ANA, 'yo me encargo');
    expect(await untilText('yo me encargo')).toMatchObject({ conversation, author: 'owner', seq: '2' });
  });

  it('that come twice are one row', async () => {
    simulator.network.addFault({ kind: 'duplicate', account: BUSINESS, times: 1 });
    await simulator.network.personSends(ANA, BUSINESS, 'una vez');
    await simulator.network.personSends(ANA, BUSINESS, 'y otra');
    await untilText('y otra');
    expect((await rows()).map(({ text }) => text)).toEqual(['una vez', 'y otra']);
    await waitFor('both are acknowledged', () => simulator.network.ledger.after().every(({ state, retries }) => state === 'delivered' && retries === 0));
  });

  it('that come without a text, from an ad, are numbered when the phone has told it', async () => {
    simulator.network.putPerson('5493415550003', { name: 'Caro', ad: true });
    await simulator.network.personSends('5493415550003', BUSINESS, 'vi el anuncio');
    await waitFor('a row without number', async () => (await rows()).some(({ kind, seq }) => kind === 'placeholder' && seq === null));
    expect(await untilText('vi el anuncio')).toMatchObject({ seq: '1', kind: 'text' });
    expect(await rows()).toHaveLength(1);
  });

  it('are sent under the id of their row, acknowledged, delivered and read', async () => {
    await simulator.network.personSends(ANA, BUSINESS, 'hola');
    const { conversation } = await untilText('hola');
    const { id, waId } = await queue(conversation, 'buenas');
    expect(await send(id)).toEqual({ state: 'sent' });
    await waitFor('it is delivered', async () => ['delivered', 'read'].includes((await rows()).find((one) => one.wa_id === waId)!.state!));
    expect(simulator.network.ledger.after().filter(({ direction }) => direction === 'out')).toMatchObject([{ id: waId, text: 'buenas', copies: 1, retries: 0 }]);
    expect(await send(id)).toEqual({ state: 'sent' });
    expect(simulator.network.ledger.after().filter(({ direction }) => direction === 'out')).toMatchObject([{ copies: 1 }]);
  });

  it('tell the network of a chat’s privacy token once, and keep that they did', async () => {
    await simulator.network.personSends(ANA, BUSINESS, 'hola');
    const { conversation } = await untilText('hola');
    expect(await send((await queue(conversation, 'buenas')).id)).toEqual({ state: 'sent' });
    await expect.poll(async () =>
      (await operator.query("select from wa_keys where channel = $1 and type = 'tctoken'", [channel])).rowCount).toBe(2); // the chat's, and the list of all
  });

  it('that the network refuses are failed with its code', async () => {
    // A stranger who never wrote: the real service refuses the chat without a token.
    const stranger = '5493415550009';
    simulator.network.putPerson(stranger, { name: 'Nadie' });
    const { rows: [contact] } = await operator.query<{ id: string }>("insert into contacts (company, name) values ('alfa', 'Nadie') returning id");
    await operator.query("insert into contact_addresses (company, address, contact) values ('alfa', $1, $2)", [`${stranger}@s.whatsapp.net`, contact!.id]);
    const { rows: [conversation] } = await operator.query<{ id: string }>("insert into conversations (company, channel, contact) values ('alfa', $1, $2) returning id", [channel, contact!.id]);
    const { id } = await queue(conversation!.id, 'oferta');
    expect(await send(id)).toEqual({ state: 'failed', cause: 'ack-463' });
    expect((await rows()).at(-1)).toMatchObject({ state: 'failed', cause: 'ack-463' });
  });

  it('wait while the link is down, and another company cannot send them', async () => {
    await simulator.network.personSends(ANA, BUSINESS, 'hola');
    const { conversation } = await untilText('hola');
    const { id } = await queue(conversation, 'buenas');
    expect(await gateway.send({ company: 'beta', channel, message: id })).toEqual({ state: 'missing' });
    expect(await gateway.send({ company: 'alfa', channel: randomUUID(), message: id })).toEqual({ state: 'offline' });
    expect(await gateway.send({ company: 'alfa', channel, message: '999999' })).toEqual({ state: 'missing' });
    expect((await rows()).at(-1)).toMatchObject({ state: 'queued' });
  });
});

describe('the log', () => {
  it('names no text, number or key', () => {
    const all = lines.join('\n');
    expect(lines.length).toBeGreaterThan(20);
    for (const secret of [BUSINESS, ANA, BETO, 'hola', 'buenas', 'una vez', 'privKey', 'rootKey']) expect(all).not.toContain(secret);
  });
});
