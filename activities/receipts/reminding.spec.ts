import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReceiptDesk } from '../testing/receipt-desk.js';
import type { Reminder } from './reminding.js';

const HOUR_MS = 3_600_000;
let desk: ReceiptDesk;
beforeAll(async () => {
  desk = await ReceiptDesk.open();
});
afterAll(() => desk.desks.close());

const remind = (receipt: string): Promise<Reminder> => new MockActivityEnvironment().run(desk.activities.remindOfReview, { company: 'ours', receipt });

/** One that came to a person at `desk.nowMs`. */
async function reviewed(): Promise<string> {
  const receipt = await desk.receipt();
  await desk.run('ours', `update receipts set state = 'review' where id = ?`, [receipt]);
  await desk.run('ours', `insert into receipt_events (company, receipt, kind, at) values ('ours', ?, 'review', ?::timestamptz)`, [receipt, new Date(desk.nowMs).toISOString()]);
  return receipt;
}

it('people are reminded of a review once, when it has waited as long as the company lets it', async () => {
  const receipt = await reviewed();
  desk.nowMs += HOUR_MS;
  expect(await remind(receipt)).toEqual({ inMs: 3 * HOUR_MS });
  await desk.policy('ours', { remindAfterHours: 1 });
  expect([await remind(receipt), await remind(receipt)]).toEqual([{}, {}]);
  expect(await desk.row(receipt)).toMatchObject({ state: 'review', reminded_at: expect.any(Date) as Date });
  expect((await desk.trail(receipt)).filter((kind) => kind === 'reminded')).toHaveLength(1);
});

it('of what was decided, and where the company does not want it, nobody is', async () => {
  const [decided, unwanted] = [await reviewed(), await reviewed()];
  await desk.run('ours', `update receipts set state = 'rejected' where id = ?`, [decided]);
  desk.nowMs += 500 * HOUR_MS;
  expect(await remind(decided)).toEqual({});
  await desk.policy('ours', { remindAfterHours: 0 });
  expect(await remind(unwanted)).toEqual({});
  for (const receipt of [decided, unwanted]) expect(await desk.row(receipt)).toMatchObject({ reminded_at: null });
});
