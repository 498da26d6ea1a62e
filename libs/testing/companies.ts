import pg from 'pg';
import type { TestDatabase } from './test-db.js';

/** Adds companies to a spec's database. As the owner: the app role may only read the platform's tables. */
export async function addCompanies(db: TestDatabase, ...ids: readonly string[]): Promise<void> {
  await asSuperuser(db, async (client) => {
    for (const id of ids) await client.query('insert into companies (id, name) values ($1, $2)', [id, `Empresa ${id}`]);
  });
}

/** Arranges a spec or looks behind the locks: nothing is hidden from this connection. */
export async function asSuperuser<T>(db: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: db.superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
