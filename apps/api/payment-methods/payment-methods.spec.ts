import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mercadoPagoHttp, MERCADOPAGO_TEST_URL } from '../../../activities/testing/mercadopago-account.js';
import { MercadoPagoSimulator } from '../../../libs/simulator/mercadopago/simulator.js';
import { simulatedAccount } from '../../../libs/simulator/mercadopago/world.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';
import type { MethodsView, MethodView } from './payment-method.schema.js';

let db: TestDatabase;
let api: ApiUnderTest;
let boss: Client;
let theirBoss: Client;
let simulator: MercadoPagoSimulator;

beforeAll(async () => {
  db = await createTestDatabase();
  const ours = await addCompanyWithPeople(db, 'litoral');
  const theirs = await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { MERCADOPAGO_URL: MERCADOPAGO_TEST_URL }, outgoing: () => (request) => mercadoPagoHttp(simulator)(request) });
  [boss, theirBoss] = [await sessionOf(db, api, ours, 'administrator'), await sessionOf(db, api, theirs, 'administrator')];
});
afterAll(async () => {
  await api.close();
  await db.drop();
});
beforeEach(async () => {
  simulator = new MercadoPagoSimulator();
  await asSuperuser(db, (client) => client.query('truncate payment_platforms, payment_methods, audit_log cascade'));
});

const at = '/api/payment-methods';
const read = async (client = boss) => (await client.call('GET', at)).body as MethodsView;
const bank = { kind: 'transfer', name: 'Transferencia', visible: true, number: '0170099-2 2000006779737-0', alias: 'Litoral.Fibra', holder: 'Litoral Fibra SRL', document: '30-71234567-1', bank: 'BBVA' };
const cash = { kind: 'other', name: 'Efectivo', visible: true, text: 'En el local, de 8 a 12.' };
const create = async (body: object, client = boss) => (await client.call('POST', at, { body })).body as MethodView;
const log = () => asSuperuser(db, async (client) => (await client.query<{ action: string; after: unknown }>('select action, after from audit_log order by id')).rows);

describe('ways to pay', () => {
  it('are kept as receipts are held against them, in the order that somebody gives them', async () => {
    const [account, other] = [await create(bank), await create(cash)];
    expect(account).toMatchObject({ kind: 'transfer', number: '0170099220000067797370', alias: 'litoral.fibra', document: '30712345671', holder: 'Litoral Fibra SRL', bank: 'BBVA' });
    expect((await boss.call('PUT', `${at}/order`, { body: { ids: [other.id] } })).status).toBe(204);
    expect((await read()).methods.map(({ id }) => id)).toEqual([other.id, account.id]);
    const changed = await boss.call('PUT', `${at}/${account.id}`, { body: { kind: 'transfer', name: 'Banco', visible: false, alias: 'otra.cuenta', holder: 'Otro' } });
    expect(changed.body).toEqual({ id: account.id, kind: 'transfer', name: 'Banco', visible: false, alias: 'otra.cuenta', holder: 'Otro', text: '' });
    expect((await boss.call('DELETE', `${at}/${other.id}`)).status).toBe(204);
    expect((await read()).methods.map(({ id }) => id)).toEqual([account.id]);
    expect((await log()).map(({ action }) => action)).toEqual(['payment-method.created', 'payment-method.created', 'payment-method.changed', 'payment-method.changed', 'payment-method.removed']);
  });

  it.each([[{ number: '0170099220000067797371' }, ['number']], [{ number: '', alias: '' }, ['number', 'alias']], [{ document: '30-71234567-9' }, ['document']]])('with %j are refused, and say why', async (change, fields) => {
    expect(await boss.call('POST', at, { body: { ...bank, ...change } })).toMatchObject({ status: 422, body: { code: 'account-invalid', fields } });
    expect((await read()).methods).toEqual([]);
  });

  it("are not another company's", async () => {
    const { id } = await create(bank);
    expect(await read(theirBoss)).toEqual({ methods: [] });
    expect((await theirBoss.call('PUT', `${at}/${id}`, { body: bank })).status).toBe(404);
    expect((await theirBoss.call('DELETE', `${at}/${id}`)).status).toBe(404);
    await theirBoss.call('PUT', `${at}/order`, { body: { ids: [id] } });
    expect((await read()).methods).toHaveLength(1);
  });
});

describe('the account at MercadoPago', () => {
  const keys = { accessToken: simulatedAccount.accessToken, secret: simulatedAccount.secret };
  const save = (body: object = keys, client = boss) => client.call('PUT', `${at}/mercadopago`, { body });

  it('is saved once MercadoPago accepts it, and its keys are not read back', async () => {
    const { status, body } = await save();
    expect(status).toBe(200);
    expect(body).toMatchObject({ hasSecret: true, account: '458901234', accountName: 'LITORALFIBRA', currency: 'ARS', notifications: expect.stringMatching(/^http:\/\/[^/]+\/hooks\/mercadopago\/litoral\/[\w-]{32}$/) as string });
    const whole = JSON.stringify([await read(), await log()]);
    expect(whole).not.toContain(keys.accessToken);
    expect(whole).not.toContain(keys.secret);
    expect((await read()).methods).toMatchObject([{ kind: 'mercadopago', name: 'MercadoPago', visible: true }]);
    const again = await save({ secret: 'otro-secreto-largo' });
    expect(again.body).toMatchObject({ notifications: (body as { notifications: string }).notifications });
    expect((await read()).methods).toHaveLength(1);
    expect(await log()).toMatchObject([{ action: 'payment-platform.saved', after: { account: '458901234', replaced: ['access', 'notices'] } }, { action: 'payment-platform.saved', after: { replaced: ['notices'] } }]);
  });

  it('is refused where MercadoPago does not accept it, or does not answer: nothing changes', async () => {
    expect(await save({ accessToken: 'otro-token-cualquiera' })).toMatchObject({ status: 422, body: { code: 'platform-refused' } });
    expect(await save({ secret: 'secreto-sin-token' })).toMatchObject({ status: 422, body: { code: 'platform-missing' } });
    simulator.addFault({ kind: 'unavailable' });
    expect(await save()).toMatchObject({ status: 503, body: { code: 'platform-away' } });
    expect(await read()).toEqual({ methods: [] });
  });

  it('gets another address for its notices, which is not theirs to change who are of another company; the former one is taken for a while', async () => {
    const { body: before } = await save();
    const change = (client = boss) => client.call('POST', `${at}/mercadopago/address`, { body: {} });
    expect((await change(theirBoss)).status).toBe(404);
    const { body } = await change();
    expect(body).toMatchObject({ notifications: expect.stringMatching(/\/hooks\/mercadopago\/litoral\/[\w-]{32}$/) as string, formerUntil: expect.any(String) as string });
    expect((body as { notifications: string }).notifications).not.toBe((before as { notifications: string }).notifications);
    expect((await read()).mercadopago).toEqual(body);
    expect((await log()).at(-1)).toMatchObject({ action: 'payment-platform.address-changed' });
    expect(JSON.stringify(await log())).not.toMatch(/[\w-]{32}"/); // the address is a secret: the log does not have it
  });

  it('is tried as typed or as saved, and forgotten with its way to pay', async () => {
    const test = async (body: object) => (await boss.call('POST', `${at}/mercadopago/test`, { body })).body;
    expect(await test(keys)).toEqual({ ok: true, account: 'LITORALFIBRA', currency: 'ARS' });
    await save();
    simulator.addFault({ kind: 'unauthorized' });
    expect(await test({})).toEqual({ ok: false, fault: 'auth' });
    expect((await theirBoss.call('DELETE', `${at}/mercadopago`)).status).toBe(404);
    expect((await boss.call('DELETE', `${at}/mercadopago`)).status).toBe(204);
    expect(await read()).toEqual({ methods: [] });
  });
});
