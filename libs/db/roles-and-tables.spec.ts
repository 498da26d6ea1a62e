import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-db.js';
import { openOrm, type MikroORM } from './orm.js';

/** The operator's tables: they name companies, and belong to none. A table that is added here needs a reason. */
const platformTables = ['company_hosts', 'company_keys', 'channel_leases'];

let db: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  db = await createTestDatabase();
  orm = await openOrm(db.appUrl);
});
afterAll(async () => {
  await orm.close();
  await db.drop();
});

const asApp = <T>(sql: string): Promise<T[]> => orm.em.fork().execute<T[]>(sql);
const look = <T extends object>(sql: string): Promise<T[]> =>
  asSuperuser(db, async (client) => (await client.query<T>(sql)).rows);

describe('the app role', () => {
  it('is no superuser, cannot bypass row-level security and makes no roles or databases', async () => {
    const [role] = await asApp(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false });
  });

  it('owns nothing and is a member of no role', async () => {
    expect(await asApp('select relname from pg_class where pg_get_userbyid(relowner) = current_user')).toEqual([]);
    expect(await asApp('select datname from pg_database where pg_get_userbyid(datdba) = current_user')).toEqual([]);
    expect(await asApp(`select 1 from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)`)).toEqual([]);
  });

  it.each(['companies', 'company_hosts', 'company_keys'])('may read %s, and not write it', async (table) => {
    await expect(asApp(`select * from ${table}`)).resolves.toEqual([]);
    await expect(asApp(`delete from ${table}`)).rejects.toThrow('permission denied');
  });

  it('cannot take the lock off', async () => {
    await expect(asApp('alter table contacts disable row level security')).rejects.toThrow('must be owner');
    await expect(asApp('create table mine (id int)')).rejects.toThrow('permission denied');
  });
});

describe('tables', () => {
  it('with a company have row-level security, enabled and forced, with a policy for reading and writing', async () => {
    const tables = await look<{ table: string; enabled: boolean; forced: boolean; policies: number }>(`
      select c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polcmd = '*'
          and p.polqual is not null and p.polwithcheck is not null) as policies
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
    const companyTables = tables.filter(({ table }) => !platformTables.includes(table));
    expect(companyTables.length).toBeGreaterThan(10);
    for (const table of companyTables) expect(table).toMatchObject({ enabled: true, forced: true, policies: 1 });
    expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining(platformTables));
  });

  it('with a company begin each key and index with it', async () => {
    const indexes = await look<{ table: string; index: string; first: string }>(`
      select t.relname as table, i.relname as index, a.attname as first
      from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where t.relnamespace = 'public'::regnamespace
        and exists (select from pg_attribute o where o.attrelid = t.oid and o.attname = 'company')`);
    const others = indexes.filter(({ table, first }) => first !== 'company' && !platformTables.includes(table));
    expect(others).toEqual([]);
    expect(indexes.length).toBeGreaterThan(20);
  });

  it('match the entities: each property is a column of that type that is as nullable', async () => {
    const columns = await look<{ table: string; column: string; type: string; nullable: boolean }>(`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`);
    const columnOf = new Map(columns.map((column) => [`${column.table}.${column.column}`, column]));
    const mismatches = [...orm.getMetadata().getAll().values()].flatMap((meta) =>
      meta.props.flatMap((property) => {
        const name = `${meta.tableName}.${property.fieldNames[0]}`;
        const column = columnOf.get(name);
        if (!column) return [`${name} does not exist`];
        const problems: string[] = [];
        if (!sameType(property.columnTypes[0]!, column.type)) problems.push(`${name}: ${property.columnTypes[0]} is a ${column.type}`);
        if ((property.nullable ?? false) !== column.nullable) problems.push(`${name}: nullable is ${column.nullable}`);
        return problems;
      }),
    );
    expect(mismatches).toEqual([]);
  });

  it('have an entity that names every column, where they have an entity', async () => {
    const columns = await look<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns where table_schema = 'public'`,
    );
    const metas = [...orm.getMetadata().getAll().values()];
    const missing = columns.filter(({ table, column }) => {
      const meta = metas.find((one) => one.tableName === table);
      return meta && !meta.props.some((property) => property.fieldNames.includes(column));
    });
    expect(missing).toEqual([]);
  });
});

/** MikroORM's name of a type and PostgreSQL's, with the length and precision that only PostgreSQL keeps taken away. */
function sameType(ours: string, theirs: string): boolean {
  const bare = (type: string) => type.replace(/\(.*?\)/, '').trim();
  const names: Record<string, string> = {
    timestamptz: 'timestamp with time zone', bigserial: 'bigint', int: 'integer', varchar: 'text', 'character varying': 'text', numeric: 'numeric',
  };
  return (names[bare(ours)] ?? bare(ours)) === bare(theirs);
}
