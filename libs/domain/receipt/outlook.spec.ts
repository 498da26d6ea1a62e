import { describe, expect, it } from 'vitest';
import { foreseen, type Prospect } from './outlook.js';
import { defaultReceiptPolicy, type ReceiptPolicy } from './policy.js';

const will = (prospect: Partial<Prospect>, changed: Partial<ReceiptPolicy['actions']> = {}, reactivateOnPartial = false) =>
  Object.fromEntries(foreseen({ actions: { ...defaultReceiptPolicy.actions, ...changed }, reactivateOnPartial }, { suspended: true, hasConversation: true, ...prospect }).map(({ step, will: what }) => [step, what]));

describe('what follows an approval', () => {
  it.each([
    ['a suspended customer who writes', {}, {}, { register: 'will', reactivate: 'if-settled', tell: 'will', notify: 'will' }],
    ['one who is not suspended', { suspended: false }, {}, { reactivate: 'not-suspended' }],
    ['a system that does not say', { suspended: undefined }, {}, { reactivate: 'if-suspended' }],
    ['nowhere to tell them', { hasConversation: false }, {}, { tell: 'no-conversation' }],
    ['a company that registers by hand', {}, { register: false }, { register: 'policy', reactivate: 'policy', tell: 'will' }],
    ['a company that tells nobody', { hasConversation: false }, { tell: false, notify: false }, { tell: 'policy', notify: 'policy' }],
  ])('for %s', (_name, prospect, changed, expected) => expect(will(prospect, changed)).toMatchObject(expected));
  it('for a company that reactivates with any payment', () => expect(will({}, {}, true)).toMatchObject({ reactivate: 'will' }));
});
