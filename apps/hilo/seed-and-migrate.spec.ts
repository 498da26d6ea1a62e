import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAccount } from '../../libs/domain/payments/own-account.js';
import { simulatedAccount } from '../../libs/simulator/mercadopago/world.js';
import { asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { DEMO_CHANNEL, DEMO_NUMBER, DEMO_MERCADOPAGO } from './demo/demo-company.js';
import { NEWCOMER, type ExamplePerson } from './demo/people.js';
import { environmentFor, hilo } from './testing/hilo-under-test.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-seed-'));
let db: TestDatabase;
let environment: Record<string, string>;

beforeAll(async () => {
  db = await createTestDatabase();
  environment = environmentFor(db, dataDir);
});
afterAll(async () => {
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const tables = ['companies', 'company_hosts', 'company_keys', 'users', 'departments', 'user_departments', 'channels', 'channel_leases', 'flows', 'flow_versions', 'customers', 'plans', 'services', 'invoices'];

/** Every row of the seeded tables. */
const everything = () =>
  asSuperuser(db, async (client) => {
    const all: Record<string, unknown[]> = {};
    for (const table of tables) all[table] = (await client.query<object>(`select * from ${table} order by 1, 2`)).rows;
    return all;
  });

describe('hilo seed-demo', () => {
  it('makes nobody whose password everybody knows where real customers write', async () => {
    expect(await hilo(['seed-demo'], { ...environment, WHATSAPP: 'real' })).toMatchObject({ exitCode: 1, error: expect.stringContaining('company create') as string });
    expect((await everything())['users']).toEqual([]);
    expect((await everything())['companies']).toEqual([]);
  });

  it('makes the demo company with its number, published flows and two hundred customers', async () => {
    expect(await hilo(['seed-demo'], environment)).toMatchObject({ exitCode: 0, error: '' });
    const { companies, company_hosts, company_keys, channels, channel_leases, flows, customers } = await everything();
    expect(companies).toMatchObject([{ id: 'demo', name: 'Litoral Fibra' }]);
    expect(company_hosts).toEqual([{ host: 'demo.localhost', company: 'demo' }]);
    expect(company_keys).toHaveLength(1);
    expect(channels).toMatchObject([{ id: DEMO_CHANNEL, number: DEMO_NUMBER, wanted: false, state: 'unlinked' }]);
    expect(channel_leases).toMatchObject([{ channel: DEMO_CHANNEL, company: 'demo', wanted: false }]);
    expect(flows).toHaveLength(2);
    for (const flow of flows!) expect(flow).toMatchObject({ published: expect.any(String) as string });
    expect(customers).toHaveLength(200);
  });

  it('is paid by transfer and at the simulated MercadoPago, whose keys it has', async () => {
    expect(DEMO_MERCADOPAGO).toEqual({
      accessToken: simulatedAccount.accessToken, secret: simulatedAccount.secret, account: String(simulatedAccount.userId), accountName: simulatedAccount.nickname, currency: simulatedAccount.currency,
    });
    const methods = await asSuperuser(db, async (client) => (await client.query<{ kind: string; number: string | null; alias: string | null; document: string | null }>('select kind, number, alias, document from payment_methods order by position')).rows);
    expect(methods.map(({ kind }) => kind)).toEqual(['mercadopago', 'transfer', 'transfer']);
    for (const { number, alias, document } of methods.slice(1)) expect(checkAccount({ number: number ?? '', alias: alias ?? '', document: document ?? '' })).toHaveProperty('account');
    const [platform] = await asSuperuser(db, async (client) => (await client.query<{ origin: string; door: string }>('select origin, door from payment_platforms')).rows);
    expect(platform).toMatchObject({ origin: expect.stringMatching(/^http:\/\/demo\.localhost:\d+$/) as string, door: expect.stringMatching(/^[\w-]{32}$/) as string });
  });

  it('has an administrator who must change the password, a supervisor, and operators in two departments', async () => {
    const staff = await asSuperuser(db, async (client) => (await client.query<object>(`select u.login, u.role, u.must_change_password,
      array(select d.name from user_departments m join departments d on d.id = m.department where m.member = u.id order by 1) as departments
      from users u order by login`)).rows);
    expect(staff).toEqual([
      { login: 'admin', role: 'administrator', must_change_password: true, departments: [] },
      { login: 'carla', role: 'operator', must_change_password: false, departments: ['Soporte'] },
      { login: 'diego', role: 'operator', must_change_password: false, departments: ['Ventas'] },
      { login: 'sofia', role: 'supervisor', must_change_password: false, departments: ['Soporte', 'Ventas'] },
    ]);
  });

  it('stores the compare form of each phone', async () => {
    const { customers } = await everything();
    for (const { phones, phone_keys } of customers as { phones: string[]; phone_keys: string[] }[]) {
      expect(phone_keys).toEqual(phones.map((phone) => phone.replace(/^549/, '54')));
    }
  });

  it('changes nothing the second time, nor what people have changed since', async () => {
    await asSuperuser(db, (client) => client.query(`update companies set name = 'Otro nombre'; update customers set name = 'Cambiada' where number = '1001'`));
    const before = await everything();
    const again = await hilo(['seed-demo'], environment);
    expect(again).toMatchObject({ exitCode: 0, out: expect.stringContaining('queda como está') as string });
    expect(await everything()).toEqual(before);
  });

  it('lists people for the simulated phone: customers of the book with a phone, and a newcomer who is in no book', async () => {
    const people = JSON.parse(readFileSync(path.join(dataDir, 'demo-people.json'), 'utf8')) as ExamplePerson[];
    const { customers } = await everything();
    const phones = new Set((customers as { phones: string[] }[]).flatMap((customer) => customer.phones));
    expect(people.length).toBeGreaterThanOrEqual(8);
    for (const { number } of people) expect(phones.has(number)).toBe(number !== NEWCOMER.number);
    expect(new Set(people.map(({ number }) => number)).size).toBe(people.length);
    expect(phones.has(DEMO_NUMBER)).toBe(false);
  });

  it('refuses to go on with another master key than the data have', async () => {
    const other = { ...environment, HILO_MASTER_KEY: randomBytes(32).toString('base64') };
    expect(await hilo(['seed-demo'], other)).toMatchObject({ exitCode: 1, error: expect.stringContaining('HILO_MASTER_KEY no es la clave') as string });
  });
});

describe('hilo migrate', () => {
  it('may be run again, and fails with a clear sentence when Temporal is not there', async () => {
    const ran = await hilo(['migrate'], environment);
    expect(ran).toMatchObject({ exitCode: 1, out: 'Base de datos: al día.' });
    expect(ran.error).toMatch(/Temporal \(127\.0\.0\.1:1, namespace default\).*volvé a ejecutar/);
  });

  it('says which variable is missing, and that PostgreSQL is not there', async () => {
    expect(await hilo(['migrate'], {})).toMatchObject({ exitCode: 1, error: expect.stringContaining('DATABASE_OWNER_URL') as string });
    const nobody = 'postgresql://nobody@127.0.0.1:1/hilo';
    expect(await hilo(['migrate'], { DATABASE_URL: nobody, DATABASE_OWNER_URL: nobody })).toMatchObject({ exitCode: 1, error: expect.stringContaining('PostgreSQL no responde') as string });
  });
});

describe('hilo health', () => {
  it.each([[200, 0], [503, 1]])('prints each process; with status %i the exit code is %i', async (status, exitCode) => {
    const processes = [{ name: 'worker', state: 'gone', detail: 'no responde' }];
    const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify({ processes })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ran = await hilo(['health'], { ...environment, PORT: String((server.address() as AddressInfo).port) });
    expect(ran).toEqual({ exitCode, out: 'worker     gone     no responde', error: '' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('says that the API is not there', async () => {
    expect(await hilo(['health'], environment)).toMatchObject({ exitCode: 1, error: expect.stringContaining('La API no responde') as string });
  });
});

describe('hilo', () => {
  it('explains itself, and refuses what it does not know', async () => {
    expect(await hilo(['help'], {})).toMatchObject({ exitCode: 0, out: expect.stringMatching(/migrate[\s\S]*seed-demo[\s\S]*link[\s\S]*unlink[\s\S]*health/) as string });
    expect(await hilo([], {})).toMatchObject({ exitCode: 2 });
    expect(await hilo(['nada'], {})).toMatchObject({ exitCode: 2, error: expect.stringContaining('No existe el comando «nada»') as string });
    expect(await hilo(['link', '--help'], {})).toMatchObject({ exitCode: 0 });
  });
});
