import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerView, PlanView } from '../customers/customer.schema.js';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { BookInvoiceView, InvoicePage, PaymentView, RunView } from './invoice.schema.js';
import type { RunPreview } from '../../../activities/customer-book/invoicing-runs.js';

let world: TwoCompanies;
let boss: Client;
let ana: CustomerView;
let beto: CustomerView;
const MONTH = '2031-11';

type Answer<T> = { status: number; body: T & { code?: string; detail?: string } };
const post = async <T>(path: string, body: object = {}, client = boss) => (await client.call('POST', path, { body })) as Answer<T>;
const customer = async (id: string) => (await boss.call('GET', `/api/customers/${id}`)).body as CustomerView;
const invoices = async (query = '') => (await boss.call('GET', `/api/book-invoices?${query}`)).body as InvoicePage;
const preview = async (period = MONTH, client = boss) => (await post<RunPreview>('/api/invoicing/preview', { period }, client)).body;
async function run(period = MONTH, client = boss) {
  const { invoices: all, total } = await preview(period, client);
  return post<RunView>('/api/invoicing/runs', { period, seen: { invoices: all.length, total } }, client);
}

beforeAll(async () => {
  world = await openTwoCompanies();
  boss = world.boss;
  const plan = (await post<PlanView>('/api/book-plans', { name: 'Fibra 300', downMbps: 300, upMbps: 150, price: '30000' })).body;
  ana = (await post<CustomerView>('/api/customers', { name: 'Ana Gómez' })).body;
  beto = (await post<CustomerView>('/api/customers', { name: 'Beto Ruiz' })).body;
  await post('/api/book-services', { customer: ana.id, plan: plan.id });
  await post('/api/book-services', { customer: ana.id, plan: plan.id, price: '12000.50' });
  await post('/api/book-services', { customer: beto.id, plan: plan.id, installedOn: '2031-11-16' });
});
afterAll(() => world.close());

describe('a month’s invoicing', () => {
  it('is seen before it is made, and the preview writes nothing', async () => {
    const seen = await preview();
    expect(seen).toMatchObject({ period: MONTH, dueOn: '2031-11-10', total: '57000.50', already: 0 });
    expect(seen.invoices.map(({ customerName, amount, days }) => [customerName, amount, days])).toEqual([['Ana Gómez', '30000.00', undefined], ['Ana Gómez', '12000.50', undefined], ['Beto Ruiz', '15000.00', 15]]);
    expect((await invoices()).counts.all).toBe(0);
  });

  it('is refused where it would not make what was seen', async () => {
    expect(await post('/api/invoicing/runs', { period: MONTH, seen: { invoices: 3, total: '1.00' } })).toMatchObject({ status: 409, body: { code: 'invoicing-changed' } });
    expect(await post('/api/invoicing/runs', { period: '2031-13', seen: { invoices: 3, total: '1.00' } })).toMatchObject({ status: 400 });
    expect((await invoices()).counts.all).toBe(0);
  });

  it('is made once, however many confirm it at the same moment, under numbers without a gap', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => run()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { items, counts } = await invoices();
    expect([counts.all, counts.owed]).toEqual([3, 3]);
    expect(items.map(({ number }) => number).sort()).toEqual(['0001-00000001', '0001-00000002', '0001-00000003']);
    expect(await run()).toMatchObject({ status: 409, body: { code: 'invoicing-nothing' } });
    expect((await preview()).already).toBe(3);
  });

  it('leaves nothing where it fails in the middle, and the numbers go on', async () => {
    const last = 'create function boom() returns trigger language plpgsql as $$ begin if new.number like \'%5\' then raise exception \'boom\'; end if; return new; end $$';
    await asSuperuser(world.db, async (rows) => {
      await rows.query(last);
      await rows.query('create trigger boom before insert on invoices for each row execute function boom()');
    });
    expect((await run('2031-12')).status).toBe(500);
    await asSuperuser(world.db, (rows) => rows.query('drop trigger boom on invoices'));
    expect((await invoices()).counts.all).toBe(3);
    expect((await run('2031-12')).status).toBe(201);
    expect((await invoices()).items.map(({ number }) => Number(number.slice(5))).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is undone as long as nothing of it is paid; the month can be invoiced again under new numbers', async () => {
    const [december] = (await boss.call('GET', '/api/invoicing/runs')).body as RunView[];
    const paid = (await post<PaymentView>('/api/book-payments', { customer: beto.id, amount: '15000.01', method: 'Efectivo', reference: 'r-undo', paidOn: '2031-11-20' })).body;
    const refused = await post('/api/invoicing/runs/' + december!.id + '/undo');
    expect(refused).toMatchObject({ status: 409, body: { code: 'run-paid', detail: expect.stringContaining('0001-00000006') as string } });
    await post(`/api/book-payments/${paid.id}/reverse`, { why: 'prueba' });
    expect(await post(`/api/invoicing/runs/${december!.id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect(await post(`/api/invoicing/runs/${december!.id}/undo`)).toMatchObject({ status: 409, body: { code: 'run-undone' } });
    expect((await run('2031-12')).status).toBe(201);
    expect((await invoices()).counts).toMatchObject({ all: 9, cancelled: 3, owed: 6 });
  });

  it('is another company’s own', async () => {
    const theirBoss = await sessionOf(world.db, world.api, world.theirs, 'administrator');
    expect((await preview(MONTH, theirBoss)).invoices).toEqual([]);
    const [mine] = (await boss.call('GET', '/api/invoicing/runs')).body as RunView[];
    expect((await post(`/api/invoicing/runs/${mine!.id}/undo`, {}, theirBoss)).status).toBe(404);
  });
});

describe('payments and invoices by hand', () => {
  const payment = (rest: object) => post<PaymentView>('/api/book-payments', { customer: ana.id, amount: '1000', method: 'Transferencia', reference: 'r-1', paidOn: '2031-11-05', ...rest });

  it('cover what is due first, once for each reference', async () => {
    const before = (await customer(ana.id)).owed;
    const [one, again] = [await payment({}), await payment({})];
    expect([one.status, again.body.id]).toEqual([201, one.body.id]);
    expect(one.body).toMatchObject({ amount: '1000.00', invoices: [{ number: '0001-00000001', amount: '1000.00' }], madeBy: 'administrator de litoral' });
    expect(Number((await customer(ana.id)).owed)).toBe(Number(before) - 1000);
    expect(await payment({ amount: '2' })).toMatchObject({ status: 409, body: { code: 'reference-taken' } });
    expect(await payment({ amount: '0', reference: 'r-0' })).toMatchObject({ status: 400 });
  });

  it('are kept with who reversed them and why', async () => {
    const made = (await payment({ reference: 'r-2' })).body;
    expect((await post<PaymentView>(`/api/book-payments/${made.id}/reverse`, { why: 'Comprobante falso' })).body)
      .toMatchObject({ reversedWhy: 'Comprobante falso', reversedBy: 'administrator de litoral', invoices: [] });
    expect(await payment({ reference: 'r-2' })).toMatchObject({ status: 409, body: { code: 'payment-reversed' } });
  });

  it('make, cancel and print an invoice', async () => {
    const made = (await post<BookInvoiceView>('/api/book-invoices', { customer: beto.id, dueOn: '2035-01-01', lines: [{ text: 'Instalación', amount: '5000' }, { text: 'Cable', amount: '250.50' }] })).body;
    expect(made).toMatchObject({ amount: '5250.50', rest: '5250.50', state: 'open', overdue: false });
    const pdf = await boss.call('GET', `/api/book-invoices/${made.id}/document`);
    expect([pdf.status, pdf.headers['content-type'], String(pdf.body).slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await post<BookInvoiceView>(`/api/book-invoices/${made.id}/cancel`, { why: 'error' })).body).toMatchObject({ state: 'cancelled', cancelledWhy: 'error' });
    expect(await post(`/api/book-invoices/${made.id}/cancel`, { why: 'error' })).toMatchObject({ status: 409, body: { code: 'invoice-cancelled' } });
    const [partly] = (await invoices('filter=owed&q=00000001')).items;
    expect(await post(`/api/book-invoices/${partly!.id}/cancel`, { why: 'error' })).toMatchObject({ status: 409, body: { code: 'invoice-paid' } });
  });

  it('what was paid ahead covers the next month', async () => {
    await post('/api/book-payments', { customer: beto.id, amount: '100000', method: 'Efectivo', reference: 'r-ahead', paidOn: '2031-11-05' });
    const { owed, credit } = await customer(beto.id);
    expect([owed, Number(credit) > 30_000]).toEqual(['0.00', true]);
    await run('2032-01');
    expect(await customer(beto.id)).toMatchObject({ owed: '0.00', credit: (Number(credit) - 30_000).toFixed(2) });
  });

  it('follow the company’s rules', async () => {
    const save = (body: object) => boss.call('PUT', '/api/invoicing/settings', { body });
    expect(await save({ invoicePrefix: '0002', dueKind: 'days-after', dueValue: 15, prorate: false })).toMatchObject({ status: 200, body: { lastInvoice: 0 } });
    expect(await save({ invoicePrefix: '0001', dueKind: 'day-of-month', dueValue: 5, prorate: false })).toMatchObject({ body: { lastInvoice: 13 } });
    expect(await save({ invoicePrefix: '0001', dueKind: 'day-of-month', dueValue: 0, prorate: false })).toMatchObject({ status: 400 });
    expect(await preview('2032-02')).toMatchObject({ dueOn: '2032-02-05' });
  });
});
