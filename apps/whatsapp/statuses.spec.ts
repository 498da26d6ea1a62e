import '../../libs/channels/whatsapp/quiet.js';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustSimulator, type NetworkSettings } from '../../libs/channels/whatsapp/connect.js';
import { companyKeys } from '../../libs/db/company-keys.js';
import { pairingContext, readPairing } from '../../libs/domain/pairing.js';
import { LocalFolder } from '../../libs/media/local-folder.js';
import { startNetwork, type RunningNetwork } from '../../libs/simulator/whatsapp/index.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { newCompanyKey, openVault } from '../../libs/vault/vault.js';
import { ChannelRows } from './channel-rows.js';
import { Gateway } from './gateway.js';
import { Leases } from './leases.js';
import { MediaRows } from './media-rows.js';
import { PostgresStore } from './postgres-store.js';
import { Slots } from './slots.js';

const [BUSINESS, ANA, BETO, CARO] = ['5493410000001', '5493415550001', '5493415550002', '5493415550003'] as const;
const channel = randomUUID();
const media = new LocalFolder(join(tmpdir(), `hilo-statuses-${channel}`));
let database: TestDatabase;
let pool: pg.Pool;
let operator: pg.Pool;
let simulator: RunningNetwork;
let gateway: Gateway;
let user: string;

/** One linked number: Ana wrote, of Beto's chat only the phone number is known, Caro never wrote. */
beforeAll(async () => {
  database = await createTestDatabase();
  [pool, operator] = [new pg.Pool({ connectionString: database.appUrl }), new pg.Pool({ connectionString: database.superuserUrl })];
  const masterKey = randomBytes(32);
  const vault = openVault({ masterKey, loadKeys: companyKeys(pool) });
  const key = newCompanyKey(masterKey, 'alfa');
  user = randomUUID();
  await operator.query(`insert into companies (id, name) values ('alfa', 'alfa')`);
  await operator.query(`insert into company_keys (company, id, wrapped) values ('alfa', $1, $2)`, [key.id, key.wrapped]);
  await operator.query(`insert into users (company, id, login, name, role, password_hash) values ('alfa', $1, 'sofia', 'Sofía', 'supervisor', '-')`, [user]);
  await operator.query(`insert into channels (company, id, name, wanted) values ('alfa', $1, 'n', true)`, [channel]);
  simulator = await startNetwork();
  const network: NetworkSettings = { network: 'simulator', simulatorUrl: simulator.url, simulatorRootKey: simulator.rootPublicKey, simulatorCertificate: simulator.certificate };
  trustSimulator(network);
  simulator.network.putPerson(ANA, { name: 'Ana' });
  simulator.network.putPerson(BETO, { name: 'Beto' });
  simulator.network.putPerson(CARO, { name: 'Caro' });
  gateway = new Gateway({
    leases: new Leases(pool, { holder: randomUUID(), ttlMs: 10_000 }),
    storeOf: (lease) => new PostgresStore(pool, lease.channel, lease.epoch),
    rowsOf: (lease) => new ChannelRows(pool, lease),
    mediaRowsOf: (lease) => new MediaRows(pool, lease),
    slots: new Slots(1), media, vault, network, capacity: 1, ttlMs: 10_000,
    tell: () => undefined, offer: () => undefined, hear: () => undefined, log: pino({ level: 'silent' }), onHeld: () => undefined, onGone: () => Promise.resolve(),
  });
  gateway.start();
  const box = await vault.forCompany('alfa');
  const qr = await waitFor('a QR', async () => {
    const { rows: [row] } = await operator.query<{ pairing: Buffer | null }>('select pairing from channels where id = $1', [channel]);
    const shown = row!.pairing && readPairing(box.open(row!.pairing, pairingContext(channel)).toString());
    return shown && shown.kind === 'qr' ? shown.text : undefined;
  });
  await simulator.network.scan(BUSINESS, qr);
  await simulator.network.personSends(ANA, BUSINESS, 'hola');
  await waitFor('her chat', async () => (await operator.query('select 1 from conversations')).rowCount === 1);
  const { rows: [contact] } = await operator.query<{ id: string }>(`insert into contacts (company) values ('alfa') returning id`);
  await operator.query(`insert into contact_addresses (company, address, contact) values ('alfa', $1, $2)`, [`${BETO}@s.whatsapp.net`, contact!.id]);
  await operator.query(`insert into conversations (company, channel, contact) values ('alfa', $1, $2)`, [channel, contact!.id]);
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  await simulator.stop();
  await Promise.all([pool.end(), operator.end()]);
  await database.drop();
  expect(simulator.network.unknown).toEqual([]);
});

interface Row { state: string; cause: string | null; wa_id: string; audience: number | null; left_out: number | null; published_at: Date | null }
const row = async (id: string) => (await operator.query<Row>('select state, cause, wa_id, audience, left_out, published_at from statuses where id = $1', [id])).rows[0]!;
const views = async (id: string) => (await operator.query<{ address: string }>('select address from status_views where status = $1', [id])).rows;
async function scheduled({ text = 'Mañana cortamos de 3 a 4', image, inMs = 0 }: { text?: string; image?: string; inMs?: number } = {}): Promise<string> {
  const [id, command] = [randomUUID(), randomUUID()];
  await operator.query(
    `insert into statuses (company, id, channel, kind, text, colour, image, state, wa_id, removal_wa_id, last_command, publish_at, created_by)
      values ('alfa', $1, $2, $3, $4, $5, $6, 'scheduled', $7, $8, $9, now() + $10 * interval '1 ms', $11)`,
    [id, channel, image ? 'image' : 'text', text, image ? null : 'pink', image ?? null, `3EB0${command.replaceAll('-', '').toUpperCase().slice(0, 18)}`,
      `3EB1${command.replaceAll('-', '').toUpperCase().slice(0, 18)}`, command, inMs, user]);
  return id;
}
const request = (status: string, company = 'alfa') => ({ company, channel, status });
const seenBy = (number: string) => simulator.network.statuses.seenBy(simulator.network.person(number));
const untilSeen = (number: string, waId: string) => waitFor(`${number} sees it`, () => seenBy(number).find(({ id }) => id === waId));

describe('a status', () => {
  it('goes to those who know the number by LID, in its colour, once under its id, and counts who has looked', async () => {
    const id = await scheduled();
    expect(await gateway.publishStatus(request(id))).toEqual({ state: 'sent' });
    const { wa_id: waId, ...known } = await row(id);
    expect(known).toMatchObject({ state: 'published', cause: null, audience: 1, left_out: 1, published_at: expect.any(Date) as Date });
    expect(await untilSeen(ANA, waId)).toMatchObject({ kind: 'text', text: 'Mañana cortamos de 3 a 4', backgroundColor: '#c2185b', font: 1 });
    expect([...seenBy(BETO), ...seenBy(CARO)]).toEqual([]);
    expect(await gateway.publishStatus(request(id))).toEqual({ state: 'sent' });
    expect(simulator.network.ledger.find('out', BUSINESS, 'status@broadcast', waId)).toMatchObject({ copies: 1 });
    simulator.network.statuses.view(simulator.network.person(ANA), simulator.network.account(BUSINESS), waId);
    await waitFor('the view', async () => (await views(id)).length === 1);
    simulator.network.statuses.view(simulator.network.person(ANA), simulator.network.account(BUSINESS), waId);
    expect((await views(id))[0]!.address).toMatch(/@lid$/);
  });

  it('sent again after a crash in the middle is seen once', async () => {
    const id = await scheduled({ text: 'Una vez' });
    await gateway.publishStatus(request(id));
    await operator.query(`update statuses set state = 'publishing', published_at = null where id = $1`, [id]);
    expect(await gateway.publishStatus(request(id))).toEqual({ state: 'sent' });
    const { wa_id: waId } = await row(id);
    await untilSeen(ANA, waId);
    expect(seenBy(ANA).filter(({ text }) => text === 'Una vez')).toHaveLength(1);
    expect(simulator.network.ledger.find('out', BUSINESS, 'status@broadcast', waId)).toMatchObject({ copies: 2 });
  });

  it('is taken back from everybody', async () => {
    const id = await scheduled({ text: 'Con un error' });
    await gateway.publishStatus(request(id));
    await untilSeen(ANA, (await row(id)).wa_id);
    expect(await gateway.removeStatus(request(id))).toEqual({ state: 'missing' }); // nobody wants that
    await operator.query(`update statuses set state = 'removing' where id = $1`, [id]);
    expect(await gateway.removeStatus(request(id))).toEqual({ state: 'sent' });
    expect(await row(id)).toMatchObject({ state: 'removed', cause: null });
    await waitFor('she sees it no more', () => !seenBy(ANA).some(({ text }) => text === 'Con un error'));
  });

  it('shows an image with its caption', async () => {
    const bytes = await sharp({ create: { width: 24, height: 16, channels: 3, background: '#0B7A75' } }).jpeg().toBuffer();
    const { sha256, size } = await media.put('alfa', bytes);
    await operator.query(`insert into status_images (company, sha256, mimetype, size) values ('alfa', $1, 'image/jpeg', $2)`, [sha256, size]);
    const id = await scheduled({ text: 'Nuevos planes', image: sha256 });
    expect(await gateway.publishStatus(request(id))).toEqual({ state: 'sent' });
    expect(await untilSeen(ANA, (await row(id)).wa_id)).toMatchObject({ kind: 'image', text: 'Nuevos planes', media: { mimetype: 'image/jpeg', size } });
  });

  it('that the network refuses is the failure it is: 479 for a phone number in the list', async () => {
    await operator.query(`alter function status_audience(text, uuid) rename to status_audience_lids`);
    await operator.query(`create function status_audience(p_company text, p_channel uuid, out recipients text[], out audience int, out left_out int)
      language sql stable as $$ select array['${CARO}@s.whatsapp.net'], 1, 0 $$`);
    const id = await scheduled({ text: 'Rechazado' });
    expect(await gateway.publishStatus(request(id))).toEqual({ state: 'failed', cause: 'ack-479' });
    expect(await row(id)).toMatchObject({ state: 'failed', cause: 'ack-479', published_at: null });
    expect(seenBy(CARO)).toEqual([]);
    await operator.query('drop function status_audience(text, uuid)');
    await operator.query('alter function status_audience_lids(text, uuid) rename to status_audience');
  });

  it('is nothing before its time, after it was cancelled, to nobody, or for another company', async () => {
    const [early, cancelled, other] = [await scheduled({ inMs: 60_000 }), await scheduled(), await scheduled()];
    await operator.query(`update statuses set state = 'cancelled' where id = $1`, [cancelled]);
    expect(await gateway.publishStatus(request(early))).toEqual({ state: 'offline' });
    expect(await gateway.publishStatus(request(cancelled))).toEqual({ state: 'missing' });
    expect(await gateway.publishStatus(request(other, 'beta'))).toEqual({ state: 'missing' });
    expect(await gateway.publishStatus({ ...request(other), channel: randomUUID() })).toEqual({ state: 'offline' });
    await operator.query('delete from contact_addresses');
    expect(await gateway.publishStatus(request(other))).toEqual({ state: 'failed', cause: 'no-audience' });
    expect(await row(other)).toMatchObject({ state: 'failed', cause: 'no-audience', audience: 0, left_out: 2 });
  });
});
