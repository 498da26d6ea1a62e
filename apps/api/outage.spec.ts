import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../infra/postgres.mjs';
import { generateSecrets } from '../../infra/secrets.mjs';
import { migrate } from '../../libs/db/migrate.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { openApi, type ApiUnderTest } from './testing/api-under-test.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-outage-'));
const secrets = generateSecrets();
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let api: ApiUnderTest;

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, secrets, durable: false });
  await migrate(postgres.urls.owner);
  const owner = new pg.Client({ connectionString: postgres.urls.owner });
  await owner.connect();
  await owner.query(`insert into companies (id, name) values ('litoral', 'Litoral Fibra')`);
  await owner.end();
});
afterAll(async () => {
  await api.close();
  await postgres.stop('immediate');
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the API without its database', () => {
  it('starts, says what is missing, serves when it comes, and again after a crash', async () => {
    const { port, urls } = postgres;
    await postgres.stop();
    api = await openApi(urls.app);
    const health = async () => {
      const { status, body } = await api.get('/health');
      return { status, states: (body as { processes: { name: string; state: string }[] }).processes };
    };
    expect(await health()).toMatchObject({ status: 503, states: expect.arrayContaining([
      expect.objectContaining({ name: 'postgres', state: 'gone' }),
      expect.objectContaining({ name: 'worker', state: 'unknown' }),
    ]) });
    expect(await api.get('/api/company/public')).toMatchObject({ status: 503, body: { code: 'database-away' } });

    postgres = await startPostgres({ dataDir, secrets, port, durable: false });
    await waitFor('the company', async () => (await api.get('/api/company/public')).status === 200);

    await postgres.stop('immediate');
    expect(await api.get('/api/company/public')).toMatchObject({ status: 503, body: { code: 'database-away' } });
    postgres = await startPostgres({ dataDir, secrets, port, durable: false });
    await waitFor('the company again', async () => (await api.get('/api/company/public')).status === 200);
    expect((await health()).states).toContainEqual(expect.objectContaining({ name: 'postgres', state: 'fit' }));
  });
});
