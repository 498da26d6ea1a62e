import { expect, test } from 'vitest';
import { commandOf } from './keys';

const pressed = (key: string, more: object = {}) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, isWriting: false, isCovered: false, ...more });

test('single keys move, take, reply, note and help, with and without capitals', () => {
  expect(['j', 'k', 't', 'R', 'n', '?'].map((key) => pressed(key))).toEqual(['next', 'previous', 'take', 'reply', 'note', 'help']);
});

test('they are letters while somebody writes, and nothing under a dialog or with another key held', () => {
  expect(pressed('t', { isWriting: true })).toBeUndefined();
  expect(pressed('t', { isCovered: true })).toBeUndefined();
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) expect(pressed('t', { [held]: true })).toBeUndefined();
  expect(pressed('x')).toBeUndefined();
});
