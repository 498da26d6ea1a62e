import { expect, it } from 'vitest';
import { Chaos } from './chaos.js';

it('customers write at random, everything dies, the network misbehaves: nothing is lost, doubled or out of order', async () => {
  const { tally, sent, kills, unknown, keysPrinted } = await Chaos.run({ seed: 20261126, messages: 150, kills: 8, customers: 15, perSecond: 5 });
  process.stdout.write(`chaos: ${JSON.stringify({ sent, kills, late: tally.late.length, ...tally.outcomes })}\n`);
  expect({ lost: tally.lost, doubled: tally.doubled, disordered: tally.disordered }).toEqual({ lost: [], doubled: [], disordered: [] });
  expect(sent).toBe(150);
  expect(unknown).toBe(0);
  expect(keysPrinted).toBe(false);
}, 600_000);
