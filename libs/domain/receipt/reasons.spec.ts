import { describe, expect, it } from 'vitest';
import { comparisonCodes } from './compare.js';
import { isRepetition, reasonInWords } from './reasons.js';

describe('why a receipt was refused, in words', () => {
  it('has a phrase for what can refuse one, and for nothing else', () => {
    expect(comparisonCodes.filter((code) => reasonInWords([code]) !== undefined).toSorted()).toEqual(['file-repeated', 'payment-registered', 'reference-repeated', 'state-failed']);
    expect(reasonInWords(['amount-equals-invoice', 'state-failed'])).toBe('el comprobante dice que la operación no se realizó');
  });

  it('tells what is known already from what is wrong', () => {
    expect(isRepetition(['payment-registered'])).toBe(true);
    expect(isRepetition(['state-failed'])).toBe(false);
  });
});
