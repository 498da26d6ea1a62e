import { describe, expect, it } from 'vitest';
import { foreseen, type Prospect } from './outlook.js';
import { defaultReceiptPolicy } from './policy.js';

const { actions } = defaultReceiptPolicy;
const will = (prospect: Partial<Prospect>, changed: Partial<typeof actions> = {}) =>
  Object.fromEntries(foreseen({ ...actions, ...changed }, { suspended: true, hasConversation: true, ...prospect }).map(({ step, will: what }) => [step, what]));

describe('what follows an approval', () => {
  it.each([
    ['a suspended customer who writes', {}, {}, { register: 'will', reactivate: 'will', tell: 'will', notify: 'will' }],
    ['one who is not suspended', { suspended: false }, {}, { reactivate: 'not-suspended' }],
    ['a system that does not say', { suspended: undefined }, {}, { reactivate: 'if-suspended' }],
    ['nowhere to tell them', { hasConversation: false }, {}, { tell: 'no-conversation' }],
    ['a company that registers by hand', {}, { register: false }, { register: 'policy', reactivate: 'policy', tell: 'will' }],
    ['a company that tells nobody', { hasConversation: false }, { tell: false, notify: false }, { tell: 'policy', notify: 'policy' }],
  ])('for %s', (_name, prospect, changed, expected) => expect(will(prospect, changed)).toMatchObject(expected));
});
