import { describe, expect, it } from 'vitest';
import { remindInMs } from './reminding.js';

const HOUR_MS = 3_600_000;

describe('reminding of a review', () => {
  it.each([
    [4, 0, 4 * HOUR_MS], [4, 1, 3 * HOUR_MS], [4, 4, 0], [4, 400, 0], [1, 0, HOUR_MS],
    [4, -1, 5 * HOUR_MS], // two clocks differ
    [0, 400, undefined],
  ])('after %s h, when it has waited %s h: in %s ms', (remindAfterHours, waited, expected) => {
    expect(remindInMs(0, waited * HOUR_MS, { remindAfterHours })).toBe(expected);
  });
});
