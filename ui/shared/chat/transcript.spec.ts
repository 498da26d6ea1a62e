import { expect, test } from 'vitest';
import type { Entry } from '../api/conversations-api';
import { type Transcript, withEntry, withNewest, withOlder } from './transcript';

const entry = (number: number, state?: string): Entry => ({
  id: `m${number}`, kind: 'message', direction: 'out', author: 'bot', text: `text ${number}`, at: new Date(number * 1_000).toISOString(), ...(state && { state }),
});
const range = (from: number, to: number): Entry[] => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const ids = (transcript?: Transcript): string[] => (transcript?.entries ?? []).map(({ id }) => id);
const empty: Transcript = { entries: [], older: true };

test('the newest page brings what is new and corrects what was known', () => {
  const known = withNewest(empty, { items: range(1, 5), older: true })!;
  const next = withNewest(known, { items: [entry(4, 'read'), entry(5, 'sent'), entry(6)], older: true });
  expect(ids(next)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
  expect(next!.entries[3]!.state).toBe('read');
});

test('a newest page that does not reach what is known leaves a hole, and says so', () => {
  const known = withNewest(empty, { items: range(1, 5), older: false })!;
  expect(withNewest(known, { items: range(8, 12), older: true })).toBeUndefined();
});

test('a newest page that is the whole chat replaces what is known', () => {
  const known = withNewest(empty, { items: range(1, 2), older: false })!;
  expect(ids(withNewest(known, { items: range(3, 4), older: false }))).toEqual(['m3', 'm4']);
});

test('older pages go before, once, and tell whether more comes', () => {
  const known = withNewest(empty, { items: range(5, 6), older: true })!;
  const next = withOlder(known, { items: range(3, 5), older: false });
  expect(ids(next)).toEqual(['m3', 'm4', 'm5', 'm6']);
  expect(next.older).toBe(false);
});

test('what was known to lie before the newest page stays known, and so does whether it has a beginning', () => {
  const known = withOlder(withNewest(empty, { items: range(5, 6), older: true })!, { items: range(1, 4), older: false });
  const next = withNewest(known, { items: range(6, 7), older: true })!;
  expect(ids(next)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']);
  expect(next.older).toBe(false);
});

test('an answered entry is put in once, and never over what a page said of it later', () => {
  const known = withNewest(empty, { items: [entry(1, 'delivered')], older: false })!;
  expect(withEntry(known, entry(1, 'queued'))).toBe(known);
  expect(ids(withEntry(known, entry(2, 'queued')))).toEqual(['m1', 'm2']);
});
