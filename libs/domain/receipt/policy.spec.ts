import { expect, it } from 'vitest';
import { defaultReceiptPolicy, policyFrom, type ReceiptPolicy } from './policy.js';

it('a stored policy keeps what was chosen; what its release did not know is the default', () => {
  expect(policyFrom({})).toEqual(defaultReceiptPolicy);
  const early = { mode: 'manual', actions: { register: false } as ReceiptPolicy['actions'] } as const;
  expect(policyFrom(early)).toEqual({ ...defaultReceiptPolicy, mode: 'manual', actions: { register: false, reactivate: true, tell: true, notify: true } });
});
