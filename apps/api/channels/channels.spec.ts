import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { pairingContext, pairingText, type Pairing } from '../../../libs/domain/pairing.js';
import { openPool } from '../../../libs/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openVault } from '../../../libs/vault/vault.js';
import { openApi, TEST_MASTER_KEY, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation } from '../testing/conversations.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { ChannelView } from './channel.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let vecina: TestCompany;
let administrator: Client;
let supervisor: Client;
let channel: string;

const row = async (id = channel) => (await rows.query<{ wanted: boolean; pairing_number: string | null; restart_asked_at: Date | null; state: string }>(
  'select wanted, pairing_number, restart_asked_at, state from channels where id = $1', [id])).rows[0]!;
const shown = async (client: Client): Promise<ChannelView> =>
  ((await client.call('GET', '/api/channels')).body as ChannelView[]).find(({ id }) => id === channel)!;
async function show(pairing: Pairing, seconds = 20): Promise<void> {
  const box = await openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(rows) }).forCompany('litoral');
  await rows.query(`update channels set state = 'waiting', pairing = $2, pairing_until = now() + $3 * interval '1 s' where id = $1`,
    [channel, box.seal(Buffer.from(pairingText(pairing)), pairingContext(channel)), seconds]);
}

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  vecina = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, SIMULATOR_PORT: '4321' } });
  administrator = await sessionOf(db, api, litoral, 'administrator');
  supervisor = await sessionOf(db, api, litoral, 'supervisor');
});
beforeEach(async () => {
  await rows.query('delete from channels');
  channel = await addChannel(rows, 'litoral');
});
afterAll(async () => {
  await api.close();
  await rows.end();
  await db.drop();
});

describe('GET /api/channels', () => {
  it('shows a pairing to who may link, and to nobody else', async () => {
    await show({ kind: 'qr', text: '2@abc,def' });
    expect(await shown(administrator)).toMatchObject({ name: 'Soporte', state: 'waiting', number: null, pairing: { qr: '2@abc,def' } });
    const forSupervisor = await supervisor.call('GET', '/api/channels');
    expect(forSupervisor.status).toBe(200);
    expect(JSON.stringify(forSupervisor.body)).not.toContain('2@abc');
    expect((forSupervisor.body as ChannelView[])[0]).not.toHaveProperty('pairing');
  });

  it('shows a code as a code, and nothing that has run out', async () => {
    await show({ kind: 'code', code: 'ABCD1234' });
    expect((await shown(administrator)).pairing).toMatchObject({ code: 'ABCD1234' });
    await show({ kind: 'code', code: 'ABCD1234' }, -1);
    expect(await shown(administrator)).not.toHaveProperty('pairing');
  });

  it('says where the simulated phone is, and nothing of it where WhatsApp is real', async () => {
    expect((await shown(administrator)).simulatorUrl).toBe('http://litoral.example:4321/');
    const real = await openApi(db.appUrl, { environment: { WHATSAPP: 'real' } });
    const client = await sessionOf(db, real, litoral, 'administrator');
    expect(await shown(client)).not.toHaveProperty('simulatorUrl');
    await real.close();
  });

  it("is not another company's", async () => {
    const theirs = await sessionOf(db, api, vecina, 'administrator');
    expect((await theirs.call('GET', '/api/channels')).body).toEqual([]);
  });
});

describe('the wishes', () => {
  const post = (action: string, body: object = {}) => administrator.call('POST', `/api/channels/${channel}/${action}`, { body });

  it('are a link by QR or by code, taken back by unlinking', async () => {
    expect(await post('link')).toMatchObject({ status: 200, body: { id: channel, wanted: true } });
    expect(await row()).toMatchObject({ wanted: true, pairing_number: null });
    expect((await post('link', { code: '5493415550100' })).status).toBe(200);
    expect(await row()).toMatchObject({ wanted: true, pairing_number: '5493415550100' });
    expect(await post('unlink')).toMatchObject({ status: 200, body: { wanted: false } });
    expect(await row()).toMatchObject({ wanted: false, pairing_number: null });
  });

  it('reach the gateway by a notice each time, even when nothing changes', async () => {
    const listener = new pg.Client({ connectionString: db.appUrl });
    await listener.connect();
    const heard: string[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await listener.query('listen channels');
    await post('link');
    await post('link');
    await post('restart');
    await listener.query('select 1');
    expect(heard).toEqual([channel, channel, channel]);
    await listener.end();
  });

  it('leave a number alone that is linked already', async () => {
    await rows.query(`update channels set wanted = true, state = 'linked' where id = $1`, [channel]);
    expect((await post('link', { code: '5493415550100' })).status).toBe(200);
    expect(await row()).toMatchObject({ pairing_number: null });
  });

  it('are a restart only of what is meant to be linked', async () => {
    expect(await post('restart')).toMatchObject({ status: 409, body: { code: 'channel-not-linked' } });
    await post('link');
    expect((await post('restart')).status).toBe(200);
    expect((await row()).restart_asked_at).toBeInstanceOf(Date);
  });

  it.each(['0341-555', 'x', ''])('are refused for «%s» as the number of a phone', async (code) => {
    expect((await post('link', { code })).status).toBe(400);
  });

  it("are never another company's", async () => {
    const theirs = await addChannel(rows, 'vecina');
    for (const action of ['link', 'unlink', 'restart']) {
      expect((await administrator.call('POST', `/api/channels/${theirs}/${action}`, { body: {} })).status).toBe(404);
    }
    expect(await row(theirs)).toEqual({ wanted: false, pairing_number: null, restart_asked_at: null, state: 'unlinked' });
  });
});

describe('several numbers', () => {
  const call = (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => administrator.call(method, `/api/channels${path}`, body ? { body } : {});

  it('are added, renamed and removed by who may link, each with a budget of its own', async () => {
    const made = await call('POST', '', { name: ' Ventas ' });
    expect(made).toMatchObject({ status: 201, body: { name: 'Ventas', state: 'unlinked', wanted: false, number: null } });
    const { id } = made.body as ChannelView;
    expect((await rows.query('select 1 from channel_safety s join send_budgets b using (company, channel) where channel = $1', [id])).rowCount).toBe(1);
    expect(await call('PATCH', `/${id}`, { name: 'Ventas 2' })).toMatchObject({ status: 200, body: { id, name: 'Ventas 2' } });
    expect((await supervisor.call('POST', '/api/channels', { body: { name: 'x' } })).status).toBe(403);
    await rows.query('update channels set wanted = true where id = $1', [id]);
    expect(await call('DELETE', `/${id}`)).toMatchObject({ status: 409, body: { code: 'channel-linked' } });
    await rows.query('update channels set wanted = false where id = $1', [id]);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect(((await administrator.call('GET', '/api/channels')).body as ChannelView[]).map((one) => one.id)).toEqual([channel]);
  });

  it('stay when somebody has written to them', async () => {
    await addConversation(rows, 'litoral', { channel });
    expect(await call('DELETE', `/${channel}`)).toMatchObject({ status: 409, body: { code: 'channel-in-use' } });
    expect((await row()).state).toBe('unlinked');
    await rows.query('delete from conversations where channel = $1', [channel]);
  });

  it.each([{ name: '' }, { name: '   ' }, { name: 'x'.repeat(61) }, {}])('need a name: %o', async (body) => {
    expect((await call('POST', '', body)).status).toBe(400);
  });

  it("are not another company's to rename or remove", async () => {
    const theirs = await addChannel(rows, 'vecina');
    expect((await call('PATCH', `/${theirs}`, { name: 'Mío' })).status).toBe(404);
    expect((await call('DELETE', `/${theirs}`)).status).toBe(404);
    expect((await rows.query('select name from channels where id = $1', [theirs])).rows).toEqual([{ name: 'Soporte' }]);
  });
});

describe('what WhatsApp forbids a number', () => {
  const restrict = (signal: string, stops: string, minutes: number) =>
    rows.query(`insert into channel_restrictions (company, channel, signal, stops, until) values ('litoral', $1, $2, $3, now() + $4 * interval '1 minute')`, [channel, signal, stops, minutes]);

  it('shows while it holds, the worst of it, and is an alert for who sees numbers', async () => {
    await restrict('message-cap', 'first-contacts', 600);
    await restrict('too-fast', 'bulk', 10);
    await restrict('temporary-ban', 'everything', -1);
    expect((await shown(supervisor)).restriction).toMatchObject({ stops: 'bulk', signal: 'too-fast' });
    const texts = async (client: Client) => ((await client.call('GET', '/api/notifications')).body as { kind: string; text: string; ticket?: unknown }[]).filter(({ kind }) => kind === 'number-restricted');
    expect(await texts(supervisor)).toHaveLength(3);
    expect((await texts(supervisor))[0]).not.toHaveProperty('ticket');
    const operator = await sessionOf(db, api, litoral, 'operator');
    expect(await texts(operator)).toEqual([]);
    expect(await texts(await sessionOf(db, api, vecina, 'administrator'))).toEqual([]);
    await rows.query('update channel_restrictions set until = now()');
    expect(await shown(supervisor)).not.toHaveProperty('restriction');
  });
});
