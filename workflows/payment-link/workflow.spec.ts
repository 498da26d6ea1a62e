import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentActivities } from '../../activities/payments.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { createTimeSkippingEnv } from '../../libs/testing/temporal-env.js';
import { watchLink } from './client.js';
import { workflowId } from './contract.js';

const ref = { company: 'litoral', link: '0b5f3c8e-1111-4222-8333-444455556666' };
let environment: Awaited<ReturnType<typeof createTimeSkippingEnv>>;
let worker: Worker;
let running: Promise<void>;
const looks = { link: 0, payment: 0 };
let isPaid = false;

/** A voucher that is paid in cash: MercadoPago knows the payment at once, and says `pending` until somebody has gone to pay it. */
const activities: Partial<PaymentActivities> = {
  lookAtLink: async () => {
    looks.link += 1;
    return { state: isPaid ? 'paid' : 'open', platform: 'mercadopago', payments: isPaid ? [] : ['123456789'] };
  },
  lookAtPlatformPayment: async () => {
    looks.payment += 1;
    return { money: isPaid ? 'paid' : 'waiting', link: ref.link, receipts: [] };
  },
};

beforeAll(async () => {
  environment = await createTimeSkippingEnv();
  worker = await Worker.create({ connection: environment.nativeConnection, taskQueue: MAIN_QUEUE, workflowsPath: fileURLToPath(new URL('../index.ts', import.meta.url)), activities });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

it('and a payment of it that waits do not wake each other for ever; the link hears of the payment when there is something to hear', async () => {
  await watchLink(environment.client.workflow, ref);
  await environment.sleep('20 hours');
  expect(looks.link).toBe(4); // after 3 minutes, 15, an hour, six
  expect(looks.payment).toBeGreaterThan(4);
  expect(looks.payment).toBeLessThan(16);
  isPaid = true;
  await environment.client.workflow.getHandle(workflowId(ref)).result();
  expect(looks.link).toBe(5);
}, 120_000);
