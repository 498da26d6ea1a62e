import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectMercadoPago } from '../../../activities/testing/mercadopago-account.js';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { forCompany } from '../../../libs/db/company.js';
import { openPool } from '../../../libs/db/pool.js';
import { simulatedAccount } from '../../../libs/simulator/mercadopago/world.js';
import { createLocalEnv } from '../../../libs/testing/temporal-env.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openVault } from '../../../libs/vault/vault.js';
import { workflowId } from '../../../workflows/platform-payment/contract.js';
import { openApi, TEST_MASTER_KEY, type ApiUnderTest } from '../testing/api-under-test.js';
import { PaymentWakes } from './payment-wakes.js';
import { addCompanyWithPeople } from '../testing/people.js';

const door = 'd'.repeat(32);
let db: TestDatabase;
let api: ApiUnderTest;
let engine: Awaited<ReturnType<typeof createLocalEnv>>;

beforeAll(async () => {
  [db, engine] = await Promise.all([createTestDatabase(), createLocalEnv()]);
  await addCompanyWithPeople(db, 'litoral');
  await addCompanyWithPeople(db, 'vecina');
  api = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: engine.address } });
  const pool = openPool(db.superuserUrl, () => undefined);
  const vault = openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(pool) });
  await connectMercadoPago((company, sql, values) => forCompany(api.orm, company, (em) => em.execute(sql, values)), vault, 'litoral', door);
  await pool.end();
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.teardown();
  await db.drop();
});

interface Said {
  query: string;
  secret?: string;
  signature?: string;
  path?: string;
  body?: string;
}
/** As MercadoPago calls, under whatever host. */
async function call({ query, secret = simulatedAccount.secret, signature, path = `/hooks/mercadopago/litoral/${door}`, body = '{"data":{"id":"666"}}' }: Said) {
  const id = new URLSearchParams(query).get('data.id');
  const ts = String(Math.floor(Date.now() / 1_000));
  const v1 = createHmac('sha256', secret).update(`${id === null ? '' : `id:${id.toLowerCase()};`}request-id:r1;ts:${ts};`).digest('hex');
  const given = signature ?? `ts=${ts},v1=${v1}`;
  const response = await api.app.inject({
    method: 'POST', url: `${path}?${query}`, headers: { host: 'hilo.example', 'content-type': 'application/json', 'x-request-id': 'r1', ...(given === '' ? {} : { 'x-signature': given }) }, payload: body,
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}
const isWatched = (payment: string) => engine.client.workflow.getHandle(workflowId({ company: 'litoral', platform: 'mercadopago', payment })).describe().then(() => true, () => false);

describe('a payment of which no notice comes', () => {
  it('is looked at when it is due, once for all who sweep, where its company has the platform', async () => {
    const add = (company: string, payment: string, lookAt: string) => forCompany(api.orm, company, (em) => em.execute(
      `insert into incoming_payments (company, source, source_id, paid_on, paid_at, amount, currency, look_at) values (?, 'mercadopago', ?, current_date, now(), 1, 'ARS', ${lookAt})`, [company, payment]));
    await Promise.all([add('litoral', '2001', 'now()'), add('litoral', '2002', `now() + interval '1 hour'`), add('litoral', '2003', 'null'), add('vecina', '2001', 'now()')]);
    await Promise.all([api.app.get(PaymentWakes).sweep(), api.app.get(PaymentWakes).sweep()]);
    expect(await Promise.all(['2001', '2002', '2003'].map(isWatched))).toEqual([true, false, false]);
    const [theirs] = await forCompany(api.orm, 'vecina', (em) => em.execute<object[]>(`select 1 from incoming_payments where look_at > now() or company = 'litoral'`));
    expect(theirs).toBeUndefined();
  });
});

describe('a notice of MercadoPago', () => {
  it('that is signed has its payment looked at, once for many, and nothing of its body is believed', async () => {
    for (let time = 0; time < 3; time++) expect(await call({ query: 'data.id=1001&type=payment' })).toEqual({ status: 200, body: { taken: true } });
    expect(await isWatched('1001')).toBe(true);
    expect(await isWatched('666')).toBe(false);
    expect(await call({ query: 'data.id=1002&type=payment', body: '{broken' })).toMatchObject({ status: 200 });
  });

  it('in the older form needs no signature, as it only says where to look', async () => {
    expect(await call({ query: 'topic=payment&id=1003', signature: '', body: '' })).toEqual({ status: 200, body: { taken: true } });
    expect(await isWatched('1003')).toBe(true);
    expect(await call({ query: 'topic=payment&id=../x', signature: '' })).toMatchObject({ status: 400 });
  });

  it('about something else is taken, and does nothing', async () => {
    expect(await call({ query: 'data.id=1004&type=topic_claims_integration_wh' })).toEqual({ status: 200, body: { taken: false } });
    expect(await isWatched('1004')).toBe(false);
  });

  it.each<[string, Partial<Said>]>([
    ['with another secret', { secret: 'otro' }], ['without a signature', { signature: '' }], ['with a made up one', { signature: `ts=1,v1=${'0'.repeat(64)}` }], ['with nonsense', { signature: 'x' }],
    ['in both forms, signed badly', { query: 'topic=payment&id=1005&data.id=1005', secret: 'otro' }], ['in the older form, signed badly', { query: 'topic=payment&id=1005', secret: 'otro' }],
  ])('%s is refused', async (_, said) => {
    expect(await call({ query: 'data.id=1005&type=payment', ...said })).toMatchObject({ status: 401, body: { code: 'signature-wrong' } });
    expect(await isWatched('1005')).toBe(false);
  });

  it.each([`/hooks/mercadopago/litoral/${'e'.repeat(32)}`, `/hooks/mercadopago/vecina/${door}`, `/hooks/mercadopago/nadie/${door}`, '/hooks/mercadopago/litoral/x', `/hooks/mercadopago/${encodeURIComponent("'; --")}/${door}`])(
    'at %s is nobody’s', async (path) => expect(await call({ query: 'data.id=1006&type=payment', path })).toMatchObject({ status: 404 }));

  it('is taken at the former address of the account until its time is over', async () => {
    const former = 'f'.repeat(32);
    const at = { query: 'data.id=1010&type=payment', path: `/hooks/mercadopago/litoral/${former}` };
    const set = (interval: string) => forCompany(api.orm, 'litoral', (em) => em.execute(`update payment_platforms set former_door = ?, former_until = now() + ?::interval where company = 'litoral'`, [former, interval]));
    expect((await call(at)).status).toBe(404);
    await set('1 day');
    expect((await call(at)).status).toBe(200);
    expect((await call({ ...at, secret: 'otro' })).status).toBe(401);
    await set('-1 second');
    expect((await call(at)).status).toBe(404); // though it has opened before
    expect((await call({ query: 'data.id=1010&type=payment' })).status).toBe(200);
  });

  it('is not taken while the engine is away: it is sent again', { timeout: 30_000 }, async () => {
    const away = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
    const response = await away.app.inject({ method: 'POST', url: `/hooks/mercadopago/litoral/${door}?topic=payment&id=1007` });
    expect(response.statusCode).toBe(503);
    await away.close();
  });

  it('of whoever tries addresses is refused before the database is asked, and costs nobody else', async () => {
    const doors = Array.from({ length: 80 }, (_, nth) => `/hooks/mercadopago/litoral/${String(nth).padStart(32, 'x')}`);
    const from = (remoteAddress: string) => (url: string) => api.app.inject({ method: 'POST', url: `${url}?topic=payment&id=1`, remoteAddress }).then(({ statusCode }) => statusCode);
    const tried = await Promise.all(doors.map(from('203.0.113.9')));
    expect(tried.filter((status) => status === 404).length).toBeLessThanOrEqual(70);
    expect(tried.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
    const asked = vi.spyOn(api.orm.em, 'fork');
    expect(await from('203.0.113.9')(doors[0]!)).toBe(429);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    expect((await call({ query: 'data.id=1011&type=payment' })).status).toBe(200);
    expect(await from('203.0.113.10')(doors[0]!)).toBe(404);
  });

  it('comes no more often than a platform would', async () => {
    const many = await Promise.all(Array.from({ length: 330 }, () => call({ query: 'data.id=1008&type=otro' })));
    expect(many.some(({ status }) => status === 429)).toBe(true);
  });
});
