import { expect, test } from 'vitest';
import { waitOf } from './waiting';

const now = Date.parse('2026-11-19T12:18:00Z');
const since = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

test('a wait grows long at half of the alarm and late at the alarm', () => {
  expect([0, 4, 5, 9, 10, 600].map((minutes) => waitOf(since(minutes), now, 10)?.level)).toEqual(['short', 'short', 'long', 'long', 'late', 'late']);
  expect(waitOf(since(38), now, 40)).toEqual({ level: 'long', minutes: 38 });
});

test('who was answered does not wait, and a clock ahead of ours makes no negative wait', () => {
  expect(waitOf(undefined, now, 10)).toBeUndefined();
  expect(waitOf(since(-3), now, 10)).toEqual({ level: 'short', minutes: 0 });
});
