import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { otherBook, suiteBook } from '../../libs/crm/adapter-suite.js';
import { embeddedCrm } from '../../libs/crm/embedded.js';
import type { Crm } from '../../libs/crm/crm.js';
import { forCompany } from '../../libs/db/company.js';
import { openOrm, type MikroORM } from '../../libs/db/orm.js';
import { openPool } from '../../libs/db/pool.js';
import { seedBook } from '../../libs/db/seeds/customer-book.js';
import type { CustomerOrder, QueryResult } from '../../libs/domain/customers.js';
import { addCompanies, asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { customerBookQueries } from '../customer-book.js';

const never = new AbortController().signal;
const [ana, beto] = suiteBook.customers.map(({ id }) => id) as [string, string];
const [late, early] = [suiteBook.invoices[0]!.id, suiteBook.invoices[1]!.id];

let db: TestDatabase;
let orm: MikroORM;
let rows: pg.Pool;
let crm: Crm;
let theirs: Crm;
let companies = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  orm = await openOrm(db.appUrl);
  rows = openPool(db.superuserUrl, () => undefined);
});
afterAll(async () => {
  await rows.end();
  await orm.close();
  await db.drop();
});
beforeEach(async () => {
  const open = async (book: typeof suiteBook) => {
    const company = `company-${(companies += 1)}`;
    await addCompanies(db, company);
    await forCompany(orm, company, (em) => seedBook(em, company, book));
    return embeddedCrm(customerBookQueries(orm)(company));
  };
  [crm, theirs] = [await open(suiteBook), await open(otherBook)];
});

type Pay = Extract<CustomerOrder, { kind: 'pay' }>;
const payment = (rest: Partial<Pay> = {}): Pay => ({
  kind: 'pay', customer: ana, amount: { amount: '10000.00', currency: 'ARS' }, method: 'Transferencia', reference: 'ref-1', paidAt: '2026-11-05T02:00:00Z', reactivate: false, ...rest,
});
const act = (order: CustomerOrder, on = crm) => on.act(order, never);
async function account(customer = ana) {
  const result: QueryResult = await crm.ask({ kind: 'account', customer }, never);
  if (!result.ok || result.kind !== 'account') throw new Error('no account');
  return { balance: result.account.balance.amount, open: result.account.invoices.map(({ amount }) => amount.amount) };
}
async function invoice(id: string) {
  const result = await crm.ask({ kind: 'invoices', customer: ana, limit: 50 }, never);
  if (!result.ok || result.kind !== 'invoices') throw new Error('no invoices');
  return result.invoices.find((one) => one.id === id)!;
}

describe('a payment in the embedded book', () => {
  it('covers part of what is due first, once for each reference', async () => {
    const first = await act(payment());
    expect(first).toMatchObject({ ok: true, done: 'now' });
    expect(await act(payment())).toEqual({ ...first, done: 'already' });
    expect(await account()).toEqual({ balance: '45800.30', open: ['17900.20', '27900.10'] });
  });

  it('covers nothing of an invoice that is cancelled at the same moment: it stays in the customer’s favour', async () => {
    const which = [`company-${companies - 1}`, early];
    const cancelling = await rows.connect();
    await cancelling.query('begin');
    await cancelling.query(`update invoices set state = 'cancelled' where company = $1 and id = $2`, which);
    const paid = act(payment());
    await waitFor('the payment waits', async () => (await rows.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).rowCount === 1);
    await cancelling.query('commit');
    cancelling.release();
    expect(await paid).toMatchObject({ ok: true, done: 'now' });
    expect((await rows.query('select state, paid from invoices where company = $1 and id = $2', which)).rows).toEqual([{ state: 'cancelled', paid: '0.00' }]);
    expect(await account()).toEqual({ balance: '17900.10', open: ['17900.10'] });
  });

  it('is written once, however many come at once', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => act(payment())));
    expect(results.filter((one) => one.ok && one.done === 'now')).toHaveLength(1);
    expect((await account()).balance).toBe('45800.30');
  });

  it('covers its own invoice first, and is paid on the day of the company’s clocks', async () => {
    await act(payment({ invoice: late, amount: { amount: '27900.10', currency: 'ARS' } }));
    expect(await invoice(late)).toMatchObject({ state: 'paid', paidOn: '2026-11-04' });
    expect(await invoice(early)).toMatchObject({ state: 'open' });
  });

  it('that is too much stays in the customer’s favour', async () => {
    await act(payment({ amount: { amount: '60000.00', currency: 'ARS' } }));
    expect(await account()).toEqual({ balance: '-4199.70', open: [] });
  });

  it('gives back what it covered when it is reversed, once', async () => {
    await act(payment({ amount: { amount: '60000.00', currency: 'ARS' } }));
    const reversal = { kind: 'reverse-payment', customer: ana, reference: 'ref-1', reason: 'rechazada por el banco' } as const;
    expect(await act({ ...reversal, customer: beto })).toEqual({ ok: false, reason: 'not-found' });
    expect(await act(reversal)).toMatchObject({ ok: true, done: 'now' });
    expect(await act(reversal)).toMatchObject({ ok: true, done: 'already' });
    expect(await account()).toEqual({ balance: '55800.30', open: ['27900.20', '27900.10'] });
    expect(await act(payment({ amount: { amount: '60000.00', currency: 'ARS' } }))).toMatchObject({ ok: false, reason: 'rejected' });
  });

  it.each([
    ['a reference of another amount', { amount: { amount: '1.00', currency: 'ARS' } }, { reason: 'rejected' }],
    ['a reference of another customer', { customer: beto }, { reason: 'rejected' }],
    ['another currency', { reference: 'ref-2', amount: { amount: '1.00', currency: 'USD' } }, { reason: 'rejected' }],
    ['an invoice of another customer', { reference: 'ref-2', customer: beto, invoice: early }, { reason: 'not-found' }],
    ['a customer of nobody', { reference: 'ref-2', customer: 'de300000-0000-4000-8002-00000000dead' }, { reason: 'not-found' }],
    ['a customer of another company', { reference: 'ref-2', customer: otherBook.customers[0]!.id }, { reason: 'not-found' }],
  ])('is refused for %s, and changes nothing', async (_, rest, refusal) => {
    await act(payment());
    const before = [await account(), await account(beto)];
    expect(await act(payment(rest))).toMatchObject({ ok: false, ...refusal });
    expect([await account(), await account(beto)]).toEqual(before);
  });

  it('brings the service back where it is asked to', async () => {
    await act(payment({ reactivate: true }));
    expect(await crm.ask({ kind: 'account', customer: ana }, never)).toMatchObject({ account: { suspended: false } });
  });
});

describe('other orders', () => {
  it('suspend and reactivate a service, or all of a customer', async () => {
    const one = suiteBook.services[0]!.id;
    expect(await act({ kind: 'suspend', customer: ana, service: one })).toEqual({ ok: true, done: 'now' });
    expect(await act({ kind: 'suspend', customer: ana })).toEqual({ ok: true, done: 'already' });
    expect(await act({ kind: 'reactivate', customer: ana })).toEqual({ ok: true, done: 'now' });
    expect(await act({ kind: 'suspend', customer: beto, service: one })).toEqual({ ok: false, reason: 'not-found' });
    expect(await act({ kind: 'suspend', customer: ana }, theirs)).toEqual({ ok: false, reason: 'not-found' });
  });

  it('take tickets and prospects once for each reference', async () => {
    const ticket = { kind: 'open-ticket', customer: ana, subject: 'Sin internet', body: 'Luz roja', reference: 't-1' } as const;
    const opened = await act(ticket);
    expect(opened).toMatchObject({ ok: true, done: 'now' });
    expect(await act(ticket)).toEqual({ ...opened, done: 'already' });
    const close = { kind: 'close-ticket', ticket: opened.ok ? opened.id! : '', reason: 'resuelto' } as const;
    expect(await act(close, theirs)).toEqual({ ok: false, reason: 'not-found' });
    expect([await act(close), await act(close)]).toMatchObject([{ done: 'now' }, { done: 'already' }]);
    expect(await act({ kind: 'prospect', name: 'Nadia', phone: '5493415559999', reference: 'p-1' })).toMatchObject({ ok: true, done: 'now' });
    expect(await asSuperuser(db, async (client) => (await client.query('select 1 from book_requests where state = $1', ['open'])).rowCount)).toBe(1);
  });

  it('give the document of the customer’s own invoices alone', async () => {
    const ask = (customer: string, of: string, on = crm) => on.ask({ kind: 'invoice-document', customer, invoice: of }, never);
    const document = await ask(ana, early);
    expect(document).toMatchObject({ ok: true, document: { mimetype: 'application/pdf', fileName: 'resumen-0001-00000002.pdf' } });
    for (const other of [ask(beto, early), ask(ana, 'nadie'), ask(otherBook.customers[0]!.id, early, theirs)]) expect(await other).toEqual({ ok: false, reason: 'not-found' });
  });

  it('show a profile without the document whole', async () => {
    const result = await crm.ask({ kind: 'profile', customer: ana }, never);
    expect(result).toMatchObject({ ok: true, profile: { name: 'Ana Gómez', document: '•••••222', status: 'suspended', services: [{ number: '700001', price: { amount: '27900.00', currency: 'ARS' } }, { status: 'suspended' }] } });
    expect(JSON.stringify(result)).not.toContain('30111222');
  });
});
