import { expect, test } from 'vitest';
import type { CustomerFields } from '../../../shared/api/settings-api';
import { arrangementOf, changesOf, layoutOf, moved } from './arrangement';

const saved: CustomerFields = {
  layout: [{ group: 'account', fields: ['due-on'] }, { group: 'customer', fields: ['name', 'status'] }],
  all: [{ group: 'customer', fields: ['name', 'number', 'status'] }, { group: 'account', fields: ['balance', 'due-on'] }], fixed: ['name'],
};

test('what is shown stands first in its order, what is hidden after it; back again it is what is saved', () => {
  const arrangement = arrangementOf(saved);
  expect(arrangement[1]).toEqual({ group: 'customer', fields: [{ field: 'name', shown: true }, { field: 'status', shown: true }, { field: 'number', shown: false }] });
  expect(layoutOf(arrangement)).toEqual(saved.layout);
  expect(changesOf(layoutOf(arrangement), saved.layout)).toEqual({ order: false, groups: [] });
});

test('an item goes elsewhere, and nowhere past the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect([moved(['a', 'b'], 0, -1), moved(['a', 'b'], 1, 2)]).toEqual([['a', 'b'], ['a', 'b']]);
});

test('the order of groups and what changed inside of each are told apart', () => {
  expect(changesOf([...saved.layout].reverse(), saved.layout)).toEqual({ order: true, groups: [] });
  expect(changesOf([saved.layout[0]!, { group: 'customer', fields: ['status', 'name'] }], saved.layout)).toEqual({ order: false, groups: ['customer'] });
});
