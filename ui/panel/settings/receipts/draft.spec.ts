import { describe, expect, it } from 'vitest';
import { capOf, changedParts, draftOf, ticked } from './draft';

const saved = draftOf({
  version: 1, ours: {} as never, variables: [], longest: 1000, currency: 'ARS', accounts: 1, texts: { review: 'Ya te decimos' },
  policy: {
    mode: 'auto_if_verified', kinds: ['transfer', 'wallet'], files: ['image', 'pdf'], maxAgeDays: 5, minConfidence: 0.6, cleanCap: '0.00', trustedAfter: 3, partial: 'review', remindAfterHours: 4,
    actions: { register: true, reactivate: true, tell: true, notify: true }, reactivateOnPartial: false, onRefusal: 'task',
  },
});

describe('a draft of what happens to receipts', () => {
  it('tells what differs, and nothing of what was ticked in another order', () => {
    expect(changedParts({ ...saved, policy: { ...saved.policy, kinds: ['wallet', 'transfer'] } }, saved)).toEqual([]);
    expect(changedParts({ ...saved, policy: { ...saved.policy, cleanCap: '10.00', onRefusal: 'reverse' } }, saved)).toEqual(['mode', 'refusal']);
    expect(changedParts({ ...saved, texts: {} }, saved)).toEqual(['texts']);
    expect(changedParts({ ...saved, texts: { ...saved.texts, accepted: '' } }, saved)).toEqual(['texts']);
  });

  it('keeps what is ticked once', () => {
    expect(ticked(['a', 'b'], 'a', true)).toEqual(['b', 'a']);
    expect(ticked(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});

describe('an amount as it is typed', () => {
  it.each([['50.000', '50000.00'], ['$ 1.500,5', '1500.50'], ['1500.50', '1500.50'], ['0', '0.00'], ['007', '7.00']])('%s is %s', (typed, amount) => {
    expect(capOf(typed)).toBe(amount);
  });
  it.each(['', 'mucho', '1,2,3', '-5', '12345678901', '1.5000'])('%s is none', (typed) => {
    expect(capOf(typed)).toBeUndefined();
  });
});
