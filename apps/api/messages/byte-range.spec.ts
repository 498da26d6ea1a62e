import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange } from './byte-range.js';

describe('a range of a file of ten bytes', () => {
  it.each<[string | undefined, ReturnType<typeof byteRange>]>([
    [undefined, 'whole'], ['', 'whole'], ['bytes=0-', { first: 0, last: 9 }], ['bytes=2-4', { first: 2, last: 4 }], ['bytes=8-99', { first: 8, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }], ['bytes=-99', { first: 0, last: 9 }], ['bytes=10-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', 'whole'], ['bytes=0-1,4-5', 'whole'], ['items=0-1', 'whole'], ['bytes=-', 'whole'], ['bytes=a-b', 'whole'],
  ])('%s', (header, range) => expect(byteRange(header, 10)).toEqual(range));

  it('never leads outside of the file', () => fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat(), (a, b, size) => {
    for (const header of [`bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
      const range = byteRange(header, size);
      if (typeof range === 'object') expect(range.first >= 0 && range.first <= range.last && range.last < size).toBe(true);
    }
  })));
});
