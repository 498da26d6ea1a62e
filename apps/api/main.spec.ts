import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from '../../infra/child.mjs';
import { freePort } from '../../infra/ports.mjs';
import { addCompanies, asSuperuser } from '../../libs/testing/companies.js';
import { createTestDatabase, type TestDatabase } from '../../libs/testing/test-db.js';
import { waitFor } from '../../libs/testing/wait-for.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'hilo-api-'));
const lines: string[] = [];
let db: TestDatabase;
let child: Awaited<ReturnType<typeof startChild>>;
let base: string;

beforeAll(async () => {
  db = await createTestDatabase();
  await addCompanies(db, 'litoral');
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env, DATABASE_URL: db.appUrl, DATA_DIR: dataDir, PORT: String(port), SIMULATOR_PORT: '1', TEMPORAL_PORT: '1', LOG_LEVEL: 'info',
    HILO_MASTER_KEY: randomBytes(32).toString('base64'),
  };
  const args = ['--import', '@swc-node/register/esm-register', path.resolve('apps/api/main.ts')];
  child = await startChild(process.execPath, args, { env, onLine: (line: string) => lines.push(line) });
  await waitFor('the API', async () => (await fetch(`${base}/health`)).status > 0);
});
afterAll(async () => {
  child.signal('SIGKILL');
  await child.exited;
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const beats = () =>
  asSuperuser(db, async (client) => (await client.query<{ process: string; state: string }>('select process, state from process_heartbeats')).rows);

describe('the API as a process', () => {
  it('serves while Temporal and the simulator are away, and names them', async () => {
    const response = await fetch(`${base}/health`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ processes: expect.arrayContaining([
      expect.objectContaining({ name: 'api', state: 'fit' }), expect.objectContaining({ name: 'simulator', state: 'gone' }),
      expect.objectContaining({ name: 'temporal', state: 'gone' }), expect.objectContaining({ name: 'postgres', state: 'fit' }),
    ]) as unknown });
    expect(await (await fetch(`${base}/api/company/public`)).json()).toMatchObject({ name: 'Empresa litoral' });
  });

  it('says where it is and that it lives', async () => {
    expect(readFileSync(path.join(dataDir, 'run', 'api.pid'), 'utf8')).toBe(String(child.pid));
    await waitFor('its heartbeat', async () => (await beats()).some(({ process, state }) => process === 'api' && state === 'fit'));
  });

  it('logs a request without what people wrote into it', async () => {
    await fetch(`${base}/api/company/public?telefono=5493415550201`, { headers: { cookie: 'sesion=secreta', 'user-agent': 'agente-secreto' } });
    const line = await waitFor('the line', () => lines.find((one) => one.includes('/api/company/public') && one.includes('"statusCode":200')));
    expect(line).toContain('"requestId"');
    expect(lines.some((one) => one.includes('/health') && one.includes('statusCode'))).toBe(false);
    expect(lines.join('\n')).not.toMatch(/5493415550201|secreta|agente-secreto|remoteAddress/);
  });

  it('ends in order on SIGTERM', async () => {
    child.signal('SIGTERM');
    expect(await child.exited).toMatchObject({ code: 0 });
    expect(existsSync(path.join(dataDir, 'run', 'api.pid'))).toBe(false);
    expect(await beats()).toEqual([]);
  });
});
