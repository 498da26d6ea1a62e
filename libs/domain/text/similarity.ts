import { normalize } from './normalize.js';

/** Optimal string alignment distance (a swap of neighbours counts one), or `limit + 1` once it is certain to be more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** Equal but for a slip of the finger: none in words of four letters, one up to seven, two beyond. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  if (/\d/u.test(a) || /\d/u.test(b)) return false;
  const longer = Math.max(a.length, b.length);
  if (longer < 5) return false;
  const limit = longer < 8 ? 1 : 2;
  return editDistance(a, b, limit) <= limit;
}

/** What `nearEqual` compares: numbers (a time, a ticket's number) count as the same word. At most 160 characters. */
export function fingerprint(text: string): string {
  const normal = normalize(text).replace(/\d+/gu, '#');
  return (normal === '' ? text.trim() : normal).slice(0, 160);
}

/** Whether two fingerprints share at least four fifths of their words (Dice coefficient over the bag of words). */
export function nearEqual(a: string, b: string): boolean {
  if (a === b) return true;
  const left = a.split(' ');
  const counts = new Map<string, number>();
  for (const token of left) counts.set(token, (counts.get(token) ?? 0) + 1);
  const right = b.split(' ');
  let shared = 0;
  for (const token of right) {
    const count = counts.get(token) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(token, count - 1);
  }
  return (2 * shared) / (left.length + right.length) >= 0.8;
}
