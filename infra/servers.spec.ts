import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '@temporalio/client';
import { startPostgres } from './postgres.mjs';
import { generateSecrets, readOrCreateSecrets } from './secrets.mjs';
import { startTemporal } from './temporal.mjs';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'hilo-servers-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('our PostgreSQL', () => {
  const secrets = generateSecrets();

  it('keeps what was committed when it is killed, and starts again on the same folder', async () => {
    const dataDir = path.join(dir, 'killed');
    const first = await startPostgres({ dataDir, secrets });
    await ask(first.urls.owner, 'create table kept (x int)');
    await ask(first.urls.owner, 'insert into kept values (7)');
    await first.kill();
    const second = await startPostgres({ dataDir, secrets, port: first.port });
    expect(await ask(second.urls.owner, 'select x from kept')).toEqual([{ x: 7 }]);
    await second.stop();
  });

  it('starts although its lock names a process that is somebody else', async () => {
    const dataDir = path.join(dir, 'locked');
    const first = await startPostgres({ dataDir, secrets, durable: false });
    const lock = path.join(first.dataDir, 'postmaster.pid');
    const lines = readFileSync(lock, 'utf8').split('\n');
    await first.kill();
    writeFileSync(lock, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await startPostgres({ dataDir, secrets, durable: false });
    expect(await ask(second.urls.app, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('asks everybody for a password, and says what to do when the copy has others', async () => {
    const dataDir = path.join(dir, 'guarded');
    const postgres = await startPostgres({ dataDir, secrets, durable: false });
    await expect(ask(postgres.urls.app.replace(secrets.appPassword, 'wrong'), 'select 1')).rejects.toThrow(/password/);
    await postgres.stop();
    await expect(startPostgres({ dataDir, secrets: generateSecrets(), durable: false })).rejects.toThrow(/secrets\.json/);
  });

  it('orders and compares as Spanish does', async () => {
    const postgres = await startPostgres({ dataDir: path.join(dir, 'spanish'), secrets, durable: false });
    const rows = await ask(postgres.urls.app, `select string_agg(w, ' ' order by w) as words from unnest(array['ñandú', 'oso', 'nube', 'árbol', 'bar']) w`);
    expect(rows).toEqual([{ words: 'árbol bar nube ñandú oso' }]);
    await postgres.stop();
  });
});

describe('our Temporal', () => {
  it('keeps its workflows when it is killed, and starts again on the same file', async () => {
    const dataDir = path.join(dir, 'temporal');
    const searchAttributes = { HiloCompany: 'Keyword' };
    const first = await startTemporal({ dataDir, searchAttributes });
    const start = await Connection.connect({ address: first.address });
    await start.workflowService.startWorkflowExecution({
      namespace: 'default',
      workflowId: 'kept',
      requestId: 'one',
      workflowType: { name: 'none' },
      taskQueue: { name: 'nobody' },
    });
    await start.close();
    await first.kill();
    const second = await startTemporal({ dataDir, searchAttributes, port: first.port });
    const look = await Connection.connect({ address: second.address });
    const described = await look.workflowService.describeWorkflowExecution({ namespace: 'default', execution: { workflowId: 'kept' } });
    expect(described.workflowExecutionInfo?.execution?.workflowId).toBe('kept');
    await look.close();
    await second.stop();
  });
});

describe('a copy’s secrets', () => {
  it('are made once, for their owner’s eyes only', () => {
    const dataDir = path.join(dir, 'copy');
    const made = readOrCreateSecrets(dataDir);
    expect(readOrCreateSecrets(dataDir)).toEqual(made);
    expect(Buffer.from(made.masterKey, 'base64')).toHaveLength(32);
  });
});
