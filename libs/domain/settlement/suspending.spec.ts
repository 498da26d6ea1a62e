import { expect, it } from 'vitest';
import { stepStates } from './settlement.js';
import { suspendsAgain } from './suspending.js';

it('switches off again only what was off before and may be back by the payment', () => {
  expect(stepStates.filter(suspendsAgain)).toEqual(['pending', 'done', 'already', 'waiting', 'unknown']);
  expect(suspendsAgain(undefined)).toBe(false); // nobody had looked: nothing was registered
});
