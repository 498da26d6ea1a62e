import { expect, test } from 'vitest';
import { minutesAndSeconds, sinceParts } from './since';

const now = Date.parse('2026-11-19T12:18:00Z');
const ago = (seconds: number): number => now - seconds * 1_000;

test('tells how long ago in the largest unit that it fills', () => {
  expect(sinceParts(ago(59), now)).toEqual({ value: 0, unit: 'second' });
  expect(sinceParts(ago(60), now)).toEqual({ value: 1, unit: 'minute' });
  expect(sinceParts(ago(3_599), now)).toEqual({ value: 59, unit: 'minute' });
  expect(sinceParts(ago(7_200), now)).toEqual({ value: 2, unit: 'hour' });
  expect(sinceParts(ago(12 * 86_400 + 5), now)).toEqual({ value: 12, unit: 'day' });
});

test('what a clock ahead of ours dates in the future happened just now', () => {
  expect(sinceParts(now + 90_000, now)).toEqual({ value: 0, unit: 'second' });
});

test('counts down to 0:00 and no further', () => {
  expect([90_000, 59_001, 1, 0, -5_000].map(minutesAndSeconds)).toEqual(['1:30', '1:00', '0:01', '0:00', '0:00']);
});
