import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createLocalEnv, createTimeSkippingEnv } from './temporal-env.js';
import { createTestDatabase } from './test-db.js';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('the test database', () => {
  it('is migrated, and its app role neither owns it nor passes by row-level security', async () => {
    const database = await createTestDatabase();
    const roles = await ask(database.appUrl, 'select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user');
    expect(roles).toEqual([{ name: 'hilo_app', rolsuper: false, rolbypassrls: false }]);
    const owned = await ask(database.appUrl, `select 1 from pg_tables where schemaname = 'public' and tableowner = current_user`);
    expect(owned).toEqual([]);
    const tables = await ask(database.superuserUrl, `select 1 from pg_tables where tablename = 'migrations'`);
    expect(tables).toHaveLength(1);
    await database.drop();
  });

  it('is no other spec’s', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(one.ownerUrl, 'create table mine (id int)');
    await expect(ask(other.ownerUrl, 'select * from mine')).rejects.toThrow(/does not exist/);
    await Promise.all([one.drop(), other.drop()]);
    await expect(ask(one.ownerUrl, 'select 1')).rejects.toThrow(/does not exist/);
  });
});

describe('the Temporal test servers', () => {
  it('skips a month in a moment', async () => {
    const environment = await createTimeSkippingEnv();
    const before = await environment.currentTimeMs();
    await environment.sleep('30 days');
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * 86_400_000);
    await environment.teardown();
  });

  it('lists workflows in real time', async () => {
    const environment = await createLocalEnv();
    expect(await environment.client.workflow.count()).toMatchObject({ count: 0 });
    await environment.teardown();
  });
});
