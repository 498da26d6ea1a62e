import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../../libs/db/pool.js';
import { defaultReceiptPolicy } from '../../../libs/domain/receipt/policy.js';
import { waitFor } from '../../../libs/testing/wait-for.js';
import { createTestDatabase, type TestDatabase } from '../../../libs/testing/test-db.js';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.js';
import { startEngine, type EngineUnderTest } from '../testing/engine-under-test.js';
import { addCompanyWithPeople, sessionOf, type Client } from '../testing/people.js';

let db: TestDatabase;
let api: ApiUnderTest;
let engine: EngineUnderTest;
let rows: pg.Pool;
let sofia: Client;

beforeAll(async () => {
  db = await createTestDatabase();
  rows = openPool(db.superuserUrl, () => undefined);
  const ours = await addCompanyWithPeople(db, 'litoral');
  await addCompanyWithPeople(db, 'vecina');
  engine = await startEngine(db.appUrl);
  api = await openApi(db.appUrl, { environment: { DATABASE_URL: db.appUrl, TEMPORAL_ADDRESS: engine.address } });
  sofia = await sessionOf(db, api, ours, 'supervisor');
}, 120_000);
afterAll(async () => {
  await api.close();
  await engine.stop();
  await rows.end();
  await db.drop();
});

/** Of a customer whom the book does not know: it gets stuck. */
async function stuck(): Promise<string> {
  const receipt = await rows.query<{ id: string }>(`insert into receipts (company, source, fault, state) values ('litoral', 'panel', 'none', 'accepted') returning id`);
  const { rows: [made] } = await rows.query<{ id: string }>(
    `insert into settlements (company, source, receipt, customer, customer_name, amount, currency, method, paid_at, policy, state)
      values ('litoral', 'receipt', $1, $2, 'Ana Gómez', 100, 'ARS', 'Transferencia', now(), $3, 'stuck') returning id`, [receipt.rows[0]!.id, randomUUID(), JSON.stringify(defaultReceiptPolicy)]);
  await rows.query(`insert into settlement_steps (company, settlement, step, state, attempts) values ('litoral', $1, 'register', 'failed', 1)`, [made!.id]);
  return made!.id;
}
const resolve = (id: string, body: object, key: string = randomUUID()) => sofia.call('POST', `/api/settlements/${id}/resolve`, { body, headers: { 'idempotency-key': key } });
const alerts = async () => ((await sofia.call('GET', '/api/notifications')).body as { id: string }[]).map(({ id }) => id);

describe('a payment that waits for a person', () => {
  it('is in their notifications, is settled as they say, once under its key, and goes on', async () => {
    const id = await stuck();
    expect(await alerts()).toContain(`settlement/${id}/stuck`);
    const key = randomUUID();
    const [one, again] = [await resolve(id, { how: 'by-hand', why: 'Lo cargué en el sistema' }, key), await resolve(id, { how: 'by-hand', why: 'Lo cargué en el sistema' }, key)];
    expect(one).toMatchObject({ status: 200, body: { state: 'registering' } });
    expect(again.body).toEqual(one.body);
    const step = await rows.query('select state, by_name, note from settlement_steps where settlement = $1 and step = $2', [id, 'register']);
    expect(step.rows).toEqual([{ state: 'done', by_name: 'supervisor de litoral', note: 'Lo cargué en el sistema' }]);
    const audit = await rows.query(`select actor_name from audit_log where action = 'settlement.resolved' and subject = $1`, [id]);
    expect(audit.rows).toEqual([{ actor_name: 'supervisor de litoral' }]);
    // The book does not know the customer, so nobody can say whether the service is off: that waits for a person, too.
    await waitFor('it is stuck again', async () => (await rows.query(`select 1 from settlements s join settlement_steps p on p.settlement = s.id and p.step = 'reactivate' where s.id = $1 and s.state = 'stuck'`, [id])).rowCount);
    expect(await resolve(id, { how: 'give-up', why: 'Ya está activo' })).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await resolve(id, { how: 'give-up', why: 'otra vez' })).toMatchObject({ status: 409, body: { code: 'settlement-not-now' } });
    expect(await alerts()).not.toContain(`settlement/${id}/stuck`);
  });

  it('needs a reason, and leaves no order behind that was refused', async () => {
    const id = await stuck();
    expect((await resolve(id, { how: 'retry', why: '  ' })).status).toBe(400);
    expect((await resolve(randomUUID(), { how: 'retry', why: 'x' })).status).toBe(404);
    await rows.query(`update settlements set state = 'done' where id = $1`, [id]);
    await rows.query(`update settlement_steps set state = 'done' where settlement = $1`, [id]);
    expect(await resolve(id, { how: 'retry', why: 'x' })).toMatchObject({ status: 409, body: { code: 'settlement-not-now' } });
    const left = await rows.query('select 1 from money_orders where settlement = $1', [id]);
    expect(left.rowCount).toBe(0);
  });
});

describe('money of a platform that nothing could be made of', () => {
  it('is in the notifications of who decides, with what to do about it, and in no other company’s', async () => {
    const trouble = (company: string, payment: string, kind: string) => rows.query(
      `insert into payment_troubles (company, platform, payment, kind, amount, currency) values ($1, 'mercadopago', $2, $3, 24900, 'ARS')`, [company, payment, kind]);
    await trouble('litoral', '771', 'paid-twice');
    await trouble('vecina', '772', 'not-ours');
    const all = ((await sofia.call('GET', '/api/notifications')).body as { id: string; text: string }[]).filter(({ id }) => id.startsWith('payment/'));
    expect(all).toMatchObject([{ id: 'payment/mercadopago/771/paid-twice', text: 'Llegó otro pago por MercadoPago (771, 24900.00 ARS): lo que pagaba ya estaba pago. Devolvelo o registralo a favor.' }]);
  });
});
