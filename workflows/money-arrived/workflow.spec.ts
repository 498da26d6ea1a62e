import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WakingActivities } from '../../activities/statements/waking.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { createTimeSkippingEnv } from '../../libs/testing/temporal-env.js';
import { startMoneyArrived } from './client.js';
import { workflowId } from './contract.js';

const ref = { company: 'litoral', import: '0b5f3c8e-1111-4222-8333-444455556666' };
let environment: Awaited<ReturnType<typeof createTimeSkippingEnv>>;
let worker: Worker;
let running: Promise<void>;
const calls: unknown[][] = [];
let isBroken = true;

const activities: WakingActivities = {
  tieAccepted: async (of) => calls.push(['tie', of.import]),
  concernedReceipts: async ({ after }) => (after === undefined ? { receipts: ['a', 'b'], isLast: false } : { receipts: after === 'b' ? ['c'] : [], isLast: true }),
  wakeReceipts: async ({ receipts }) => {
    if (receipts.includes('c') && isBroken) {
      isBroken = false;
      throw ApplicationFailure.create({ message: 'the engine was away' });
    }
    calls.push(['wake', ...receipts]);
  },
  endWaking: async (of) => void calls.push(['end', of.import]),
};

beforeAll(async () => {
  environment = await createTimeSkippingEnv();
  worker = await Worker.create({
    connection: environment.nativeConnection, taskQueue: MAIN_QUEUE, workflowsPath: fileURLToPath(new URL('../index.ts', import.meta.url)), activities,
  });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

it('ties what was accepted before, tells each receipt, page by page, and says that it is done, however often it is started', async () => {
  const client = environment.client.workflow;
  await Promise.all([startMoneyArrived(client, ref), startMoneyArrived(client, ref)]);
  await client.getHandle(workflowId(ref)).result();
  expect(calls).toEqual([['tie', ref.import], ['wake', 'a', 'b'], ['wake', 'c'], ['end', ref.import]]);
});
