import { expect, test } from 'vitest';
import type { TicketItem } from '../../../shared/api/tickets-api';
import { type Shelf, queryOf, standsOn, withPage, withTicket } from './shelf';

const ticket = (number: number, more: Partial<TicketItem> = {}): TicketItem => ({
  id: `t${number}`, number, state: 'pending', summary: '', contact: { id: `c${number}`, name: `Cliente ${number}` }, conversation: `v${number}`,
  openedAt: new Date(number * 60_000).toISOString(), waitingSince: new Date(number * 60_000).toISOString(), unread: 0, ...more,
});
const pending: Shelf = { tab: 'pending', q: '' };
const numbers = (items: readonly TicketItem[]): number[] => items.map(({ number }) => number);

test('each tab asks for its own', () => {
  expect(queryOf({ tab: 'in-progress', q: ' luz ', department: 'd1' })).toEqual({ state: 'in-progress', q: 'luz', department: 'd1' });
  expect(queryOf({ tab: 'mine', q: '' })).toEqual({ mine: '1', state: 'in-progress' });
});

test('a ticket leaves Pendientes when somebody takes it, and stands on the taker’s shelf', () => {
  const taken = ticket(1, { state: 'in-progress', assignee: { id: 'carla', name: 'Carla' } });
  expect(standsOn(pending, taken, 'carla', true)).toBe(false);
  expect(standsOn({ tab: 'mine', q: '' }, taken, 'carla', false)).toBe(true);
  expect(standsOn({ tab: 'mine', q: '' }, taken, 'lucia', false)).toBe(false);
});

test('a filter keeps out what it does not name, and a search what the server did not find', () => {
  expect(standsOn({ ...pending, department: 'd1' }, ticket(1), 'me', true)).toBe(false);
  expect(standsOn({ ...pending, q: 'luz' }, ticket(1), 'me', false)).toBe(false);
  expect(standsOn({ ...pending, q: 'luz' }, ticket(1), 'me', true)).toBe(true);
});

test('who waits longest is first; who was answered is last', () => {
  const items = withTicket([ticket(1), ticket(3)], ticket(2), true, true);
  expect(numbers(items)).toEqual([1, 2, 3]);
  expect(numbers(withTicket(items, ticket(1, { waitingSince: undefined }), true, true))).toEqual([2, 3, 1]);
});

test('what sorts behind the loaded pages waits for its page, unless all is loaded', () => {
  expect(numbers(withTicket([ticket(1)], ticket(9), true, false))).toEqual([1]);
  expect(numbers(withTicket([ticket(1)], ticket(9), true, true))).toEqual([1, 9]);
});

test('a change of nothing that stands there leaves the list itself alone', () => {
  const items = [ticket(1)];
  expect(withTicket(items, ticket(2), false, true)).toBe(items);
});

test('a page that overlaps shows nobody twice', () => {
  expect(numbers(withPage([ticket(1), ticket(2)], [ticket(2), ticket(3)]))).toEqual([1, 2, 3]);
});
