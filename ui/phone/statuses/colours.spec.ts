import { expect, test } from 'vitest';
import { inkOn, statusColours } from './colours';

test('white is read on every colour that is offered, black on light ones', () => {
  expect(statusColours.map(inkOn)).toEqual(statusColours.map(() => '#ffffff'));
  expect(['#ffffff', '#ffff00', '#25d366', '#000000'].map(inkOn)).toEqual(['#000000', '#000000', '#000000', '#ffffff']);
});
