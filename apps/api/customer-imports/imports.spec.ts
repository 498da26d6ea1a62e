import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../../../libs/testing/companies.js';
import type { CustomerPage, CustomerView, PlanView } from '../customers/customer.schema.js';
import { sessionOf, type Client } from '../testing/people.js';
import { openTwoCompanies, type TwoCompanies } from '../testing/two-companies.js';
import type { ImportBatch, ImportDraft, ImportPreview } from './import.schema.js';

let world: TwoCompanies;
let boss: Client;
type Answer<T> = { status: number; body: T & { code?: string; detail?: string } };
const post = async <T>(path: string, body: object = {}, client = boss) => (await client.call('POST', path, { body })) as Answer<T>;
const upload = async (text: string | Buffer, client = boss) => (await client.call('POST', '/api/customer-imports?fileName=lista.csv', {
  body: Buffer.from(text as string), headers: { 'content-type': 'application/octet-stream' },
})) as Answer<ImportDraft>;
const customers = async (q = '') => ((await boss.call('GET', `/api/customers?q=${encodeURIComponent(q)}`)).body as CustomerPage).items;

const LIST = 'N° cliente;Nombre;DNI;Celular;Dirección;Plan;Precio;Saldo\n' +
  '501;Ana Gómez;30.111.222;341 15 555-0301;Salta 1234;Fibra 300;27.900,00;55.800,50\n' +
  ';Caro Paz;30555666;no tiene;Mitre 5;Fibra 300;;\n;;30777888;;;;;\n501;Ana Gómez;30111222;;Entre Ríos 77;Fibra 300;25000;\n';

beforeAll(async () => {
  world = await openTwoCompanies();
  boss = world.boss;
});
afterAll(() => world.close());

async function previewed(text: string, existing: 'update' | 'skip' = 'update') {
  const draft = (await upload(text)).body;
  const options = { mapping: draft.guesses, existing };
  const preview = (await post<ImportPreview>(`/api/customer-imports/${draft.id}/preview`, options)).body;
  return { draft, preview, confirm: (seen = preview.counts, client = boss) => post<ImportBatch>(`/api/customer-imports/${draft.id}/confirm`, { ...options, seen }, client) };
}

describe('an import of customers', () => {
  let first: ImportBatch;

  it('is told what its file is, with guesses of its columns', async () => {
    const { status, body } = await upload(Buffer.from(LIST, 'latin1'));
    expect({ status, body }).toMatchObject({ status: 200, body: { kind: 'csv', delimiter: ';', encoding: 'windows-1252', rows: 4, guesses: { number: 0, name: 1, document: 2, phone: 3, address: 4, plan: 5, price: 6, balance: 7 } } });
    expect(body.sample[0]![1]).toBe('Ana Gómez');
  });

  it.each([['\u0089PNG\u0000\u0001', 422, 'import-unreadable'], ['nombre;dni\n', 422, 'import-empty'], ['a'.repeat(10_000_001), 413, 'too-large']])('refuses %#', async (text, status, code) => {
    expect(await upload(text)).toMatchObject({ status, body: { code } });
  });

  it('shows what each row would do, and writes nothing', async () => {
    const { preview } = await previewed(LIST);
    expect(preview.counts).toEqual({ create: 2, update: 0, services: 3, invoices: 1, skip: 0, error: 1 });
    expect(preview.rows.map(({ line, action, problems }) => [line, action, problems.map(({ field, code }) => `${field} ${code}`).join()])).toEqual([
      [2, 'create', ''], [3, 'create', 'phone unreadable'], [4, 'error', 'name missing'], [5, 'join', ''],
    ]);
    expect(preview.plans).toEqual([{ name: 'Fibra 300', price: '27900.00' }]);
    expect(await customers()).toEqual([]);
  });

  it('does what was seen, once, or nothing', async () => {
    const { confirm, preview } = await previewed(LIST);
    expect(await confirm({ ...preview.counts, create: 1 })).toMatchObject({ status: 409, body: { code: 'import-changed' } });
    const answers = await Promise.all([confirm(), confirm()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    first = answers.find(({ status }) => status === 200)!.body;
    const [ana, caro] = await customers();
    expect(ana).toMatchObject({ name: 'Ana Gómez', number: '501', balance: '55800.50', phones: ['5493415550301'], plans: ['Fibra 300'] });
    expect(caro).toMatchObject({ name: 'Caro Paz', number: '1' });
    const { services } = (await boss.call('GET', `/api/customers/${ana!.id}`)).body as CustomerView;
    expect(services.map(({ address, price, ownPrice }) => [address, price.amount, ownPrice])).toEqual([['Salta 1234', '27900.00', null], ['Entre Ríos 77', '25000.00', '25000.00']]);
  });

  it('that comes again updates who is there, or leaves them out', async () => {
    const text = 'Nombre;DNI;Dirección\nAna María Gómez;30111222;\nCaro Paz;30555666;Mitre 500\n';
    expect((await previewed(text, 'skip')).preview.counts).toMatchObject({ skip: 2, update: 0 });
    const { confirm } = await previewed(text);
    const { body } = await confirm();
    expect((await customers()).map(({ name, address }) => [name, address])).toEqual([['Ana María Gómez', 'Salta 1234'], ['Caro Paz', 'Mitre 500']]);
    expect(await post(`/api/customer-imports/${first.id}/undo`)).toMatchObject({ status: 409, body: { code: 'import-touched', detail: expect.stringContaining('Ana María Gómez') as string } });
    expect(await post(`/api/customer-imports/${body.id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect((await customers()).map(({ name, address }) => [name, address])).toEqual([['Ana Gómez', 'Salta 1234'], ['Caro Paz', 'Mitre 5']]);
  });

  it('is not another company’s to see or undo', async () => {
    const theirBoss = await sessionOf(world.db, world.api, world.theirs, 'administrator');
    expect((await theirBoss.call('GET', '/api/customer-imports')).body).toEqual([]);
    expect((await post(`/api/customer-imports/${first.id}/undo`, {}, theirBoss)).status).toBe(404);
  });

  it('is undone with all that it brought, unless somebody uses it', async () => {
    const list = 'Nombre;DNI;Plan;Precio\nNadia;1;Aire 20;9000\n';
    const { confirm } = await previewed(list);
    const { body } = await confirm();
    const [nadia] = await customers('Nadia');
    const paid = await post('/api/book-payments', { customer: nadia!.id, amount: '10', method: 'Efectivo', reference: 'n-1', paidOn: '2026-11-01' });
    expect(paid.status).toBe(201);
    expect(await post(`/api/customer-imports/${body.id}/undo`)).toMatchObject({ status: 409, body: { code: 'import-touched' } });
    await asSuperuser(world.db, (rows) => rows.query(`delete from payments where reference = 'n-1'`));
    expect(await post(`/api/customer-imports/${body.id}/undo`)).toMatchObject({ status: 200 });
    expect(await customers('Nadia')).toEqual([]);
    expect(((await boss.call('GET', '/api/book-plans')).body as PlanView[]).map(({ name }) => name)).toEqual(['Fibra 300']);
    expect(await post(`/api/customer-imports/${body.id}/undo`)).toMatchObject({ status: 409, body: { code: 'import-undone' } });
  });

  it('of five thousand rows is done in seconds', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `Persona ${at};${40_000_000 + at};341400${String(at).padStart(4, '0')};Fibra 300;100`).join('\n');
    const { confirm, preview } = await previewed(`Nombre;DNI;Celular;Plan;Saldo\n${rows}`);
    expect(preview.counts).toMatchObject({ create: 5000, services: 5000, invoices: 5000, error: 0 });
    const { status, body } = await confirm();
    expect(status).toBe(200);
    expect((await post(`/api/customer-imports/${body.id}/undo`)).status).toBe(200);
    expect(await customers('Persona')).toEqual([]);
  }, 120_000);
});
