import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCents } from '../domain/money.js';
import { amountOf, numberOf } from './exact-amount.js';

describe('amounts at a platform', () => {
  it('go there and come back as they were, to the cent', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), (cents) => {
      const amount = fromCents(cents);
      const number = numberOf(amount, 'ARS')!;
      expect(amountOf(JSON.parse(JSON.stringify(number)))).toBe(amount);
    }));
  });

  it.each([0.1 + 0.2, 10.005, Number.NaN, Infinity, -1, '10.00', null, undefined, 1e10])('%j is none', (number) => expect(amountOf(number)).toBeUndefined());
  it.each([['10.005', 'ARS'], ['0.00', 'ARS'], ['-1', 'ARS'], ['uno', 'ARS'], ['10.50', 'CLP'], ['1e3', 'ARS'], ['10000000000.00', 'ARS']])('%s %s is not sent', (amount, currency) =>
    expect(numberOf(amount, currency)).toBeUndefined());
  it('are whole where the currency is', () => expect(numberOf('14990.00', 'CLP')).toBe(14_990));
});
