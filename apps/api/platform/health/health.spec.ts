import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHeartbeat } from '../../../../libs/db/heartbeat.js';
import { createTestDatabase, type TestDatabase } from '../../../../libs/testing/test-db.js';
import { waitFor } from '../../../../libs/testing/wait-for.js';
import { openApi, type ApiUnderTest } from '../../testing/api-under-test.js';
import { healthSchema, type ProcessState } from './health.schema.js';
import { httpProbe, temporalProbe, type Finding, type Probe } from './probes.js';

let db: TestDatabase;
let api: ApiUnderTest;
let temporal: Finding = { state: 'fit' };
const scripted: Probe = { name: 'temporal', ask: () => Promise.resolve(temporal), close: () => Promise.resolve() };

beforeAll(async () => {
  db = await createTestDatabase();
  api = await openApi(db.appUrl, { probes: [scripted] });
});
afterAll(async () => {
  await api.close();
  await db.drop();
});

const beat = (process: string, state: string, secondsAgo = 0, instance = 'one') =>
  api.pool.query(`insert into process_heartbeats values ($1, $2, $3, now() - make_interval(secs => $4))`, [process, instance, state, secondsAgo]);

async function look(): Promise<{ status: number; states: Record<string, ProcessState>; all: ReturnType<typeof healthSchema.parse> }> {
  const { status, body } = await api.get('/health');
  const all = healthSchema.parse(body);
  return { status, all, states: Object.fromEntries(all.processes.map(({ name, state }) => [name, state])) };
}

describe('GET /health', () => {
  beforeEach(async () => {
    await api.pool.query('delete from process_heartbeats');
    temporal = { state: 'fit' };
  });

  it('is 200 when every process is fit', async () => {
    await beat('worker', 'fit');
    await beat('whatsapp', 'fit');
    const { status, states, all } = await look();
    expect(states).toEqual({ api: 'fit', worker: 'fit', whatsapp: 'fit', temporal: 'fit', postgres: 'fit' });
    expect(all.state).toBe('fit');
    expect(status).toBe(200);
  });

  it('is 503 while a process has never been seen', async () => {
    await beat('worker', 'fit');
    expect(await look()).toMatchObject({ status: 503, states: { worker: 'fit', whatsapp: 'gone' } });
  });

  it('is 503 when a process has been silent for longer than 6 s, and says for how long', async () => {
    await beat('worker', 'fit', 20);
    await beat('whatsapp', 'fit', 1);
    const { status, all } = await look();
    expect(status).toBe(503);
    const worker = all.processes.find(({ name }) => name === 'worker');
    expect(worker).toMatchObject({ state: 'gone', detail: expect.stringMatching(/^sin señales hace 2\d s$/) as string });
    expect(worker!.ageMs).toBeGreaterThanOrEqual(20_000);
    expect(all.processes.find(({ name }) => name === 'whatsapp')).toMatchObject({ state: 'fit' });
  });

  it('takes the place of a killed instance by the one that lives', async () => {
    await beat('worker', 'fit', 60, 'killed');
    await beat('worker', 'fit', 0, 'new');
    await beat('whatsapp', 'fit');
    expect(await look()).toMatchObject({ status: 200, states: { worker: 'fit' } });
  });

  it('is 503 when a process lives, but says that it is not fit', async () => {
    await beat('worker', 'draining');
    await beat('whatsapp', 'fit');
    expect(await look()).toMatchObject({ status: 503, states: { worker: 'unfit' } });
  });

  it('is 503 when a process that is asked does not answer, and counts from then on', async () => {
    await beat('worker', 'fit');
    await beat('whatsapp', 'fit');
    const before = (await look()).all.processes.find(({ name }) => name === 'temporal')!;
    temporal = { state: 'gone', detail: 'no responde' };
    const { status, all } = await look();
    expect(status).toBe(503);
    const after = all.processes.find(({ name }) => name === 'temporal')!;
    expect(after.state).toBe('gone');
    expect(Date.parse(after.since)).toBeGreaterThanOrEqual(Date.parse(before.since));
    expect((await look()).all.processes.find(({ name }) => name === 'temporal')!.since).toBe(after.since);
  });

  it('sees the beats of a process that starts, and of one that stops in order', async () => {
    await beat('whatsapp', 'fit');
    const stop = startHeartbeat(api.pool, 'worker', () => 'fit');
    await waitFor('the first beat', async () => (await look()).status === 200);
    await stop();
    expect(await look()).toMatchObject({ status: 503, states: { worker: 'gone' } });
  });
});

describe('a probe', () => {
  it('finds Temporal gone on a port where nobody listens, within seconds', async () => {
    const probe = temporalProbe('127.0.0.1:1');
    const began = performance.now();
    expect(await probe.ask()).toMatchObject({ state: 'gone' });
    expect(performance.now() - began).toBeLessThan(5_000);
    await probe.close();
  });

  it('tells a process that answers from one that answers badly and one that hangs', async () => {
    let answer = 200;
    const server = createServer((_, response) => answer && response.writeHead(answer).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const probe = httpProbe('simulator', `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`);
    expect(await probe.ask()).toEqual({ state: 'fit' });
    answer = 503;
    expect(await probe.ask()).toMatchObject({ state: 'unfit' });
    answer = 0;
    expect(await probe.ask()).toMatchObject({ state: 'gone' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
