import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addCompanies, asSuperuser } from '../testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-db.js';
import { forCompany } from './company.js';
import { Contact } from './entities/contact.js';
import { companyTables } from './migrations/company-tables.js';
import { openOrm, type MikroORM } from './orm.js';

let db: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  db = await createTestDatabase();
  await addCompanies(db, 'ours', 'theirs');
  orm = await openOrm(db.appUrl);
});
afterAll(async () => {
  await orm.close();
  await db.drop();
});

const rowLevelSecurity = (state: 'enable' | 'disable') =>
  asSuperuser(db, (client) => client.query(companyTables.map((table) => `alter table ${table} ${state} row level security`).join(';')));

/** Names of a company's contacts as they really are, behind both locks. */
const namesOf = (company: string): Promise<string[]> =>
  asSuperuser(db, async (client) => {
    const { rows } = await client.query<{ name: string }>('select name from contacts where company = $1 order by name', [company]);
    return rows.map((row) => row.name);
  });

const idOf = (name: string): Promise<string> =>
  asSuperuser(db, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from contacts where name = $1', [name]);
    return rows[0]!.id;
  });

beforeEach(async () => {
  await asSuperuser(db, (client) =>
    client.query(`truncate contacts cascade; insert into contacts (company, name) values ('ours', 'Ana'), ('theirs', 'Beto')`),
  );
});

describe('the first lock alone (row-level security taken away)', () => {
  beforeAll(() => rowLevelSecurity('disable'));
  afterAll(() => rowLevelSecurity('enable'));
  afterEach(async () => expect(await namesOf('theirs')).toEqual(['Beto']));

  it('is really alone: raw SQL sees both companies', async () => {
    const rows = await forCompany(orm, 'ours', (em) => em.execute<{ name: string }[]>('select name from contacts'));
    expect(rows).toHaveLength(2);
  });

  it('reads one company', async () => {
    const found = await forCompany(orm, 'ours', (em) => em.find(Contact, {}));
    expect(found.map((contact) => contact.name)).toEqual(['Ana']);
    const id = await idOf('Beto');
    expect(await forCompany(orm, 'ours', (em) => em.findOne(Contact, { id }))).toBeNull();
    expect(await forCompany(orm, 'ours', (em) => em.findOne(Contact, { company: 'theirs', id }))).toBeNull();
    expect(await forCompany(orm, 'ours', (em) => em.count(Contact, {}))).toBe(1);
  });

  it('refuses to flush a row of another company', async () => {
    await expect(forCompany(orm, 'ours', async (em) => {
      em.create(Contact, { company: 'theirs', name: 'Colada' });
      await em.flush();
    })).rejects.toThrow('of another company');
  });

  it('refuses to give a row away', async () => {
    const id = await idOf('Ana');
    await expect(forCompany(orm, 'ours', async (em) => {
      const ana = await em.findOneOrFail(Contact, { company: 'ours', id });
      ana.company = 'theirs';
      await em.flush();
    })).rejects.toThrow('of another company');
    await expect(forCompany(orm, 'ours', (em) => em.nativeUpdate(Contact, { id }, { company: 'theirs' }))).rejects.toThrow('of another company');
  });

  it.each(['insert', 'insertMany', 'upsert', 'upsertMany'] as const)('refuses em.%s of another company', async (method) => {
    const row = { company: 'theirs', id: await idOf('Beto'), name: 'Pisada' };
    await expect(forCompany(orm, 'ours', async (em) => {
      if (method === 'insert') await em.insert(Contact, row);
      if (method === 'insertMany') await em.insertMany(Contact, [row]);
      if (method === 'upsert') await em.upsert(Contact, row);
      if (method === 'upsertMany') await em.upsertMany(Contact, [row]);
    })).rejects.toThrow('of another company');
  });

  it('changes and deletes rows of one company only', async () => {
    expect(await forCompany(orm, 'ours', (em) => em.nativeUpdate(Contact, {}, { name: 'Ana María' }))).toBe(1);
    expect(await forCompany(orm, 'ours', (em) => em.nativeDelete(Contact, {}))).toBe(1);
    expect(await namesOf('ours')).toEqual([]);
  });

  it('lets a company write its own, in each of these ways', async () => {
    await forCompany(orm, 'ours', async (em) => {
      await em.insert(Contact, { company: 'ours', name: 'Bea' });
      await em.insertMany(Contact, [{ company: 'ours', name: 'Ciro' }]);
      await em.upsert(Contact, { company: 'ours', id: await idOf('Ana'), name: 'Ana María' });
      em.create(Contact, { company: 'ours', name: 'Dora' });
    });
    expect(await namesOf('ours')).toEqual(['Ana María', 'Bea', 'Ciro', 'Dora']);
  });

  it('keeps a new row writable after its first flush', async () => {
    await forCompany(orm, 'ours', async (em) => {
      const contact = em.create(Contact, { company: 'ours', name: 'Eva' });
      await em.flush();
      contact.name = 'Eva María';
      await em.flush();
    });
    expect(await namesOf('ours')).toEqual(['Ana', 'Eva María']);
  });

  it('refuses to query at all outside of forCompany', async () => {
    await expect(orm.em.fork().find(Contact, {})).rejects.toThrow();
    await expect(orm.em.fork().insert(Contact, { company: 'ours', name: 'Sin puerta' })).rejects.toThrow('of another company');
  });
});

describe('the second lock alone (filter switched off, raw SQL)', () => {
  afterEach(async () => expect(await namesOf('theirs')).toEqual(['Beto']));

  it('reads one company', async () => {
    const found = await forCompany(orm, 'ours', (em) => em.find(Contact, {}, { filters: false }));
    expect(found.map((contact) => contact.name)).toEqual(['Ana']);
    const rows = await forCompany(orm, 'ours', (em) => em.execute<{ name: string }[]>('select name from contacts'));
    expect(rows.map((row) => row.name)).toEqual(['Ana']);
  });

  it('refuses to insert a row of another company', async () => {
    const insert = `insert into contacts (company, name) values ('theirs', 'Colada')`;
    await expect(forCompany(orm, 'ours', (em) => em.execute(insert))).rejects.toThrow('row-level security');
  });

  it('refuses to give a row away, and finds none to take', async () => {
    await expect(forCompany(orm, 'ours', (em) => em.execute(`update contacts set company = 'theirs'`))).rejects.toThrow('row-level security');
    await forCompany(orm, 'ours', (em) => em.execute(`update contacts set company = 'ours' where company = 'theirs'`));
    await forCompany(orm, 'ours', (em) => em.execute('delete from contacts'));
    expect(await namesOf('ours')).toEqual([]);
  });

  it('shows nothing and takes nothing without a company', async () => {
    const em = orm.em.fork();
    expect(await em.execute('select * from contacts')).toEqual([]);
    expect(await em.execute(`select set_config('app.company', '', false)`)).toHaveLength(1);
    expect(await em.execute('select * from contacts')).toEqual([]);
    await expect(em.execute(`insert into contacts (company, name) values ('ours', 'Sin puerta')`)).rejects.toThrow('row-level security');
  });

  it('does not outlive its transaction on a pooled connection', async () => {
    await forCompany(orm, 'ours', (em) => em.find(Contact, {}));
    const all = await Promise.all(Array.from({ length: 12 }, () => orm.em.fork().execute('select * from contacts')));
    expect(all.flat()).toEqual([]);
  });
});

describe('the lease of a number, which row-level security does not guard', () => {
  it("is out of another company's reach, though it knows the channel's id", async () => {
    const id = '0b9f1c58-6f0e-4a55-9d0b-3a3f4a1c2d3e';
    const addChannel = (company: string, wanted: boolean) =>
      forCompany(orm, company, (em) => em.execute('insert into channels (company, id, name, wanted) values (?, ?::uuid, ?, ?)', [company, id, 'principal', wanted]));
    const lease = () => asSuperuser(db, async (client) => (await client.query('select company, wanted from channel_leases where channel = $1', [id])).rows);
    await addChannel('ours', true);
    expect(await lease()).toEqual([{ company: 'ours', wanted: true }]);
    await addChannel('theirs', false);
    expect(await lease()).toEqual([{ company: 'ours', wanted: true }]);
  });
});
