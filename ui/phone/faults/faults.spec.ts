import { expect, test } from 'vitest';
import { faultKinds } from '../simulator/types';
import { offeredFaults } from './faults';

test('every fault that the network knows has its button', () => {
  expect(offeredFaults.map(({ name }) => name).toSorted()).toEqual([...faultKinds].toSorted());
});
