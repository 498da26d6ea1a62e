import { expect, test } from 'vitest';
import { chipOf, fieldOf, isRepeated } from './words';

const listed = { id: 'x', state: 'review', source: 'chat', receivedAt: '2026-11-27T00:00:00Z' } as const;

test('the queue says the most important reason, and how much lacks where that is known', () => {
  expect(chipOf({ ...listed, headline: 'amount-below-due' })?.words).toBe('chip.amount-below-due');
  expect(chipOf({ ...listed, headline: 'amount-below-due', missing: { amount: '1', currency: 'ARS' } })?.words).toBe('chip.missing');
  expect(chipOf({ ...listed, headline: 'date-old' })?.words).toBe('code.date-old');
  expect(chipOf({ ...listed, headline: 'file-repeated' })).toMatchObject({ words: 'chip.file-repeated', tone: 'state--bad' });
  expect(chipOf({ ...listed, fault: 'broken' })?.words).toBe('unread');
  expect(chipOf(listed)).toBeUndefined();
});

test('a comparison stands with the field that it is about, others with none', () => {
  expect(['nothing-due', 'date-old', 'account-own', 'beneficiary-own', 'payer-other', 'picture-repeated', 'verified'].map((code) => fieldOf(code as 'verified'))).toEqual(
    ['amount', 'paidOn', 'beneficiaryAccount', 'beneficiaryName', 'payerName', 'reference', undefined]);
});

test('approving asks again only where the payment came before', () => {
  expect(isRepeated({ comparisons: [{ code: 'file-repeated', verdict: 'bad' }] })).toBe(true);
  expect(isRepeated({ comparisons: [{ code: 'payer-other', verdict: 'none' }] })).toBe(false);
});
