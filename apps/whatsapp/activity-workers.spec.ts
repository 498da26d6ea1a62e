import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime, makeTelemetryFilterString } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../infra/ports.mjs';
import { startTemporal, type Temporal } from '../../infra/temporal.mjs';
import { whatsappQueue } from '../../libs/temporal/queues.js';
import { waitFor } from '../../libs/testing/wait-for.js';
import { ActivityWorkers } from './activity-workers.js';

let dataDir: string;
let port: number;
let temporal: Temporal | undefined;
let workers: ActivityWorkers;

const serverUp = async () => void (temporal = await startTemporal({ dataDir, port }));
/** Whether somebody polls for a number's sends, as the server says. */
const polled = (channel: string) =>
  workers.withClient(async (client) => {
    const { pollers } = await client.workflowService.describeTaskQueue({ namespace: 'default', taskQueue: { name: whatsappQueue(channel) }, taskQueueType: 2 });
    return (pollers?.length ?? 0) > 0;
  });

beforeAll(async () => {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  dataDir = mkdtempSync(join(tmpdir(), 'hilo-workers-'));
  port = await freePort();
  workers = new ActivityWorkers({
    address: `127.0.0.1:${port}`, namespace: 'default', dataConverter: {}, activities: { send: () => Promise.resolve() }, log: pino({ level: 'silent' }),
  });
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe("workers for the numbers' sends", () => {
  it('wait for a Temporal that is not there yet', async () => {
    workers.hold('one');
    await expect(workers.withClient(() => Promise.resolve())).rejects.toThrow();
    expect(workers.fit).toBe(false);
    await serverUp();
    await waitFor('the queue to be polled', () => polled('one'));
    expect(workers.fit).toBe(true);
  });

  it('come back after Temporal was killed', async () => {
    await temporal!.kill();
    await expect(workers.withClient((client) => client.workflowService.getSystemInfo({}))).rejects.toThrow();
    await serverUp();
    workers.hold('two');
    await waitFor('both queues to be polled', async () => (await polled('one')) && (await polled('two')), 60_000);
    expect(workers.fit).toBe(true);
  }, 90_000);

  it('end with their number, and all of them with the process', async () => {
    await workers.release('two');
    await workers.release('unknown');
    expect(workers.fit).toBe(true);
    await workers.close();
    await temporal!.stop();
  });
});
