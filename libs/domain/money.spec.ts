import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cents, fromCents, sumOf } from './money.js';

const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });

it('money goes there and back, and adds up exactly', () => {
  fc.assert(fc.property(amount, (total) => {
    expect(cents(fromCents(total))).toBe(total);
  }));
  fc.assert(fc.property(fc.array(amount, { maxLength: 20 }), (all) => {
    expect(sumOf(all.map(fromCents))).toBe(fromCents(all.reduce((one, other) => one + other, 0n)));
  }));
  expect(['18900.5', '-0.05', '7', '0.129'].map(cents)).toEqual([1890050n, -5n, 700n, 12n]);
});
