import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import { addSmallBook } from '../testing/book.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { BookServiceView, CustomerPage, CustomerView, PlanView } from './customer.schema.js';

let world: TwoCompanies;
let boss: Client;
let plan: PlanView;
let ana: CustomerView;

const post = async <T>(path: string, body: object, client = boss) => (await client.call('POST', path, { body })) as { status: number; body: T & { code?: string; detail?: string } };
const list = async (query: string, client = boss) => (await client.call('GET', `/api/customers?${query}`)).body as CustomerPage;
const names = async (q: string) => (await list(`q=${encodeURIComponent(q)}`)).items.map(({ name }) => name);

beforeAll(async () => {
  world = await openTwoCompanies();
  boss = world.boss;
  plan = (await post<PlanView>('/api/book-plans', { name: 'Fibra 300', downMbps: 300, upMbps: 150, price: '27900.00' })).body;
  ana = (await post<CustomerView>('/api/customers', { name: 'Ana Gómez', document: '30.111.222', phones: ['341 15 555-0301'], address: 'Salta 1234, Rosario' })).body;
  await post<BookServiceView>('/api/book-services', { customer: ana.id, plan: plan.id, address: 'Entre Ríos 77', ip: '10.0.0.9', onuSerial: 'HWTC1234' });
  await post<CustomerView>('/api/customers', { name: 'Beto Ruíz', document: '30333444', phones: ['+54 9 341 555-0302'] });
  await addSmallBook(world.db, 'vecina');
});
afterAll(() => world.close());

describe('the customers of the book', () => {
  it('are numbered by the company, with documents and phones in one spelling', () => {
    expect(ana).toMatchObject({ number: '1', document: '30111222', phones: ['5493415550301'], owed: '0.00', credit: '0.00', currency: 'ARS', status: 'active', version: 1 });
  });

  it.each([
    ['gomez', ['Ana Gómez']], ['ANA salta', ['Ana Gómez']], ['30111222', ['Ana Gómez']], ['341 555-0301', ['Ana Gómez']], ['0341 15 555 0301', ['Ana Gómez']],
    ['+54 341 5550301', ['Ana Gómez']], ['entre rios', ['Ana Gómez']], ['hwtc', ['Ana Gómez']], ['10.0.0.9', ['Ana Gómez']], ['ruiz', ['Beto Ruíz']],
    ['555', ['Ana Gómez', 'Beto Ruíz']], ['', ['Ana Gómez', 'Beto Ruíz']], ['%', []], ['ana ruiz', []], ['persona', []],
  ])('are found by «%s»: %j', async (q, found) => expect(await names(q)).toEqual(found));

  it('are counted by what they owe and whether they are cut off, and listed by plan', async () => {
    expect((await list('')).active).toBe(true);
    expect((await list('filter=owing')).counts).toEqual({ all: 2, owing: 0, suspended: 0, cancelled: 0 });
    expect((await list(`plan=${plan.id}`)).items.map(({ name, plans }) => [name, plans])).toEqual([['Ana Gómez', ['Fibra 300']]]);
  });

  it.each([
    [{ name: '  ' }, 400, 'bad-request'],
    [{ name: 'X', email: 'nada' }, 400, 'bad-request'],
    [{ name: 'X', phones: ['123'] }, 422, 'phone-unreadable'],
    [{ name: 'X', document: '30111222' }, 409, 'document-taken'],
    [{ name: 'X', number: '1' }, 409, 'customer-number-taken'],
    [{ name: 'X', latitude: 1 }, 400, 'bad-request'],
  ])('do not grow by %j', async (body, status, code) => {
    expect(await post('/api/customers', body)).toMatchObject({ status, body: { code } });
    expect(await names('X')).toEqual([]);
  });

  it('are changed by who has seen them as they are, once', async () => {
    const change = (body: object, client = boss) => client.call('PATCH', `/api/customers/${ana.id}`, { body });
    const answers = await Promise.all([change({ version: ana.version, notes: 'uno' }), change({ version: ana.version, notes: 'dos' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const now = (await boss.call('GET', `/api/customers/${ana.id}`)).body as CustomerView;
    expect(now.version).toBe(ana.version + 1);
    expect((await change({ version: now.version })).status).toBe(200);
    expect(await change({ version: now.version, name: 'Otra' }, await sessionOf(world.db, world.api, world.ours, 'supervisor'))).toMatchObject({ status: 403 });
  });

  it('are one for each document and number, however many add them at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => post<CustomerView>('/api/customers', { name: 'Gemela', document: '99', number: 'g-1' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { id, version } = answers.find(({ status }) => status === 201)!.body;
    await post(`/api/customers/${id}/cancel`, { version });
  });

  it('keep who did what about them, and not what another company did', async () => {
    const { body } = await boss.call('GET', `/api/customers/${ana.id}/activity`);
    expect((body as { action: string; who: string }[]).map(({ action }) => action)).toEqual(['customer.changed', 'service.created', 'customer.created']);
  });

  it('are another company’s to no one: neither read nor found nor given a service', async () => {
    const theirBoss = await sessionOf(world.db, world.api, world.theirs, 'administrator');
    expect((await theirBoss.call('GET', `/api/customers/${ana.id}`)).status).toBe(404);
    expect((await list('q=gomez', theirBoss)).items).toEqual([]);
    expect(await post('/api/book-services', { customer: ana.id, plan: plan.id }, theirBoss)).toMatchObject({ status: 404 });
    expect(await post('/api/book-payments', { customer: ana.id, amount: '1', method: 'x', reference: 'x', paidOn: '2026-01-01' }, theirBoss)).toMatchObject({ status: 404 });
  });
});

describe('services and plans', () => {
  it('are suspended, brought back and ended with the version that was seen', async () => {
    const made = (await post<BookServiceView>('/api/book-services', { customer: ana.id, plan: plan.id, price: '100.00' })).body;
    expect(made).toMatchObject({ number: '2', price: { amount: '100.00', currency: 'ARS' }, status: 'active' });
    const move = (to: string, version: number) => post<BookServiceView>(`/api/book-services/${made.id}/${to}`, { version });
    expect((await move('suspend', 1)).body).toMatchObject({ status: 'suspended', version: 2 });
    expect(await move('reactivate', 1)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await move('reactivate', 2)).body).toMatchObject({ status: 'active' });
    expect((await move('cancel', 3)).body).toMatchObject({ status: 'cancelled', cancelledOn: expect.stringMatching(/^\d{4}-/) as string });
    expect(await move('reactivate', 5)).toMatchObject({ status: 409, body: { code: 'service-cancelled' } });
  });

  it('have plans with a name of their own and exact prices', async () => {
    expect(await post('/api/book-plans', { name: 'Fibra 300', downMbps: 1, upMbps: 1, price: '1' })).toMatchObject({ status: 409, body: { code: 'plan-name-taken' } });
    expect(await post('/api/book-plans', { name: 'Otro', downMbps: 1, upMbps: 1, price: '1.005' })).toMatchObject({ status: 400 });
    expect(await post('/api/book-services', { customer: ana.id, plan: randomUUID() })).toMatchObject({ status: 404 });
    expect(((await boss.call('GET', '/api/book-plans')).body as PlanView[]).map(({ name, services }) => [name, services])).toEqual([['Fibra 300', 1]]);
  });

  it('end with the customer, who may come back', async () => {
    const now = (await boss.call('GET', `/api/customers/${ana.id}`)).body as CustomerView;
    const gone = (await post<CustomerView>(`/api/customers/${ana.id}/cancel`, { version: now.version })).body;
    expect(gone).toMatchObject({ status: 'cancelled', services: [{ status: 'cancelled' }, { status: 'cancelled' }] });
    expect(await post('/api/book-services', { customer: ana.id, plan: plan.id })).toMatchObject({ status: 409, body: { code: 'customer-cancelled' } });
    expect((await post<CustomerView>(`/api/customers/${ana.id}/restore`, { version: gone.version })).body).toMatchObject({ status: 'active' });
  });
});

describe('ten thousand customers', () => {
  it('are searched at once', async () => {
    await asSuperuser(world.db, (rows) => rows.query(
      `with made as (insert into customers (company, number, name, document, phones, phone_keys, address)
          select 'litoral', 'm' || n, 'Persona ' || md5(n::text), (20000000 + n)::text, array['549341' || (4000000 + n)], array['549341' || (4000000 + n)], 'Calle ' || n || ', Rosario'
          from generate_series(1, 10000) n returning company, id, number),
        served as (insert into services (company, customer, number, plan, status, address) select company, id, 'x' || number, $1, 'active', 'Calle ' || number from made)
      insert into invoices (company, customer, number, issued_on, due_on, amount, currency) select company, id, number, '2026-01-01', '2026-01-10', 100, 'ARS' from made`, [plan.id]));
    await asSuperuser(world.db, (rows) => rows.query('analyze customers, services, invoices'));
    const took: number[] = [];
    for (const q of ['20004242', 'persona', '341 400-4242', 'xm77', 'calle 4242', '']) {
      const began = performance.now();
      const { items, counts } = await list(`q=${encodeURIComponent(q)}&filter=all`);
      took.push(performance.now() - began);
      expect(items.length > 0 && counts.all >= items.length).toBe(true);
    }
    expect(Math.max(...took)).toBeLessThan(5_000);
  });
});
