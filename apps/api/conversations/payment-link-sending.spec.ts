import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectMercadoPago, MERCADOPAGO_TEST_URL, mercadoPagoHttp } from '../../../activities/testing/mercadopago-account.js';
import { companyKeys } from '../../../libs/db/company-keys.js';
import { forCompany } from '../../../libs/db/company.js';
import { openPool } from '../../../libs/db/pool.js';
import { MercadoPagoSimulator } from '../../../libs/simulator/mercadopago/simulator.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openVault } from '../../../libs/vault/vault.js';
import { openApi, TEST_MASTER_KEY, type ApiUnderTest } from '../testing/api-under-test.js';
import { addChannel, addConversation, addTicket, type TestConversation } from '../testing/conversations.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client, type TestCompany } from '../testing/people.js';
import type { CustomerPanel, Entry } from './conversation.schema.js';

const PHONE = '5493415550371';
const [customer, stranger, invoice, other, foreign] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let litoral: TestCompany;
let operator: Client;
let theirs: Client;
let chat: TestConversation;
const simulator = new MercadoPagoSimulator();

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined, { query_timeout: 20_000 });
  litoral = await addCompanyWithPeople(db, 'litoral');
  const vecina = await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { TEMPORAL_ADDRESS: engine.address, MERCADOPAGO_URL: MERCADOPAGO_TEST_URL }, outgoing: () => mercadoPagoHttp(simulator) });
  [operator, theirs] = [await sessionOf(db, api, litoral, 'operator'), await sessionOf(db, api, vecina, 'administrator')];
  const vault = openVault({ masterKey: TEST_MASTER_KEY, loadKeys: companyKeys(rows) });
  await connectMercadoPago((company, sql, values) => forCompany(api.orm, company, (em) => em.execute(sql, values)), vault, 'litoral');
  for (const [id, number, phone] of [[customer, '2042', PHONE], [stranger, '2043', '5493415550378']] as const) {
    await rows.query(`insert into customers (company, id, number, document, name, phones, phone_keys) values ('litoral', $1, $2, $2, 'Ana Gómez', $3, $4)`, [id, number, [phone], [phone.replace('549', '54')]]);
  }
  for (const [id, owner, number] of [[invoice, customer, 'B-1'], [other, customer, 'B-2'], [foreign, stranger, 'B-3']] as const) {
    await rows.query(`insert into invoices (company, id, customer, number, issued_on, due_on, amount, currency) values ('litoral', $1, $2, $3, '2026-01-01', '2026-01-10', 18900.50, 'ARS')`, [id, owner, number]);
  }
  chat = await addConversation(rows, 'litoral', { channel: await addChannel(rows, 'litoral'), name: 'Ana', phone: PHONE });
  await addTicket(rows, chat, { state: 'in-progress', assignee: litoral.users.operator });
}, 120_000);
beforeEach(async () => {
  await rows.query('truncate payment_links, receipts cascade');
  await rows.query(`delete from messages`);
  simulator.world.preferences.length = 0;
});
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

const owed = { amount: '18900.50', currency: 'ARS' };
const send = (more: object = {}, key = randomUUID(), client = operator) =>
  client.call('POST', `/api/conversations/${chat.conversation}/payment-links`, { body: { customer, invoice, amount: owed, ...more }, headers: { 'idempotency-key': key } });
const sent = async () => (await rows.query<{ text: string }>('select text from messages where conversation = $1 order by id', [chat.conversation])).rows.map(({ text }) => text);
const panel = async () => (await operator.call('GET', `/api/conversations/${chat.conversation}/customer`)).body as CustomerPanel;
const shown = async () => (await panel()).customers[0]!.invoices.find(({ id }) => id === invoice)!;

describe('a payment link that an agent sends', () => {
  it('is one message of theirs with one link, however often it is asked for; one that stands is sent again', async () => {
    const key = randomUUID();
    const [first, twin] = await Promise.all([send({}, key), send({}, key)]);
    const answer = first.status === 200 ? first : twin;
    expect(answer).toMatchObject({ status: 200, body: { kind: 'message', author: 'agent' } });
    const { text } = answer.body as Entry & { text: string };
    expect(text).toMatch(/Factura N\.º B-1\*: \$ 18\.900,50\nPagala desde acá: http:\/\/mp\.test\/checkout\/\S+\n/);
    expect((await send({}, key)).body).toEqual(answer.body);
    expect(await sent()).toEqual([text]);
    await send();
    expect(await sent()).toEqual([text, text]);
    expect((await rows.query<{ after: object }>(`select after from audit_log where action = 'payment-link.made'`)).rows[0]).toEqual({ after: { customer, invoice: 'B-1', amount: owed } });
    expect(simulator.world.preferences).toHaveLength(1);
    expect(simulator.world.preferences[0]).toMatchObject({ title: 'Factura B-1', unit_price: 18_900.5 });
  });

  it('is shown beside the chat: it waits, is paid or is over', async () => {
    expect(await panel()).toMatchObject({ sendsLinks: true });
    expect(await shown()).not.toHaveProperty('link');
    await send();
    expect(await shown()).toMatchObject({ link: { state: 'pending', amount: owed } });
    await rows.query(`update payment_links set expires_at = now() - interval '1 minute'`);
    expect(await shown()).toMatchObject({ link: { state: 'expired' } });
    await rows.query(`update payment_links set state = 'paid'`);
    expect(await shown()).toMatchObject({ link: { state: 'paid' } });
  });

  it('is for what is left of an invoice that was paid in part, and for no other amount than the agent has seen', async () => {
    await rows.query('update invoices set paid = 900.50 where id = $1', [invoice]);
    expect(await shown()).toMatchObject({ amount: owed, rest: { amount: '18000.00', currency: 'ARS' } });
    expect(await send()).toMatchObject({ status: 409, body: { code: 'link-amount-changed' } });
    expect(await send({ amount: { amount: '18000.00', currency: 'ARS' } })).toMatchObject({ status: 200 });
    await rows.query('update invoices set paid = 0 where id = $1', [invoice]);
    expect(simulator.world.preferences).toMatchObject([{ unit_price: 18_000 }]);
  });

  it("is never somebody else's: neither their customer, nor their invoice, nor another company's", async () => {
    expect(await send({ customer: stranger, invoice: foreign })).toMatchObject({ status: 422, body: { code: 'customer-not-theirs' } });
    expect(await send({ invoice: foreign })).toMatchObject({ status: 422, body: { code: 'invoice-unknown' } });
    expect((await send({}, randomUUID(), theirs)).status).toBe(404);
    await rows.query('update tickets set assignee = $2 where conversation = $1', [chat.conversation, litoral.users.colleague]);
    expect((await send()).status).not.toBe(200);
    await rows.query('update tickets set assignee = $2 where conversation = $1', [chat.conversation, litoral.users.operator]);
    expect(await sent()).toEqual([]);
    expect(simulator.world.preferences).toEqual([]);
  });

  it.each<[string, string, string, number, string]>([
    ['is paid', `update invoices set state = 'paid', paid = amount, paid_on = '2026-01-05'`, `update invoices set state = 'open', paid = 0, paid_on = null`, 409, 'link-paid'],
    ['has a receipt that is looked at', `insert into receipts (company, source, state, fault, customer, invoice) values ('litoral', 'panel', 'review', 'x', '${customer}', '${invoice}')`, 'truncate receipts cascade', 409, 'link-in-review'],
    ['meets a hidden platform', 'update payment_methods set visible = false', 'update payment_methods set visible = true', 422, 'link-off'],
    ['is in another currency', `update payment_platforms set currency = 'CLP'`, `update payment_platforms set currency = 'ARS'`, 422, 'link-currency'],
  ])('is not sent where the invoice %s: the agent hears why', async (_, before, after, status, code) => {
    await rows.query(before);
    const answer = await send();
    await rows.query(after);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await sent()).toEqual([]);
  });

  it('is not sent while the platform does not answer; the same request sends it afterwards, once', async () => {
    const key = randomUUID();
    simulator.addFault({ kind: 'unavailable' });
    expect(await send({}, key)).toMatchObject({ status: 503, body: { code: 'platform-away' } });
    expect(await sent()).toEqual([]);
    expect(await send({}, key)).toMatchObject({ status: 200 });
    expect(await sent()).toHaveLength(1);
    expect(simulator.world.preferences).toHaveLength(1);
  });
});
