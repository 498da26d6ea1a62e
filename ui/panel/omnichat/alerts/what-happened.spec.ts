import { expect, test } from 'vitest';
import type { Ticket, TicketItem } from '../../../shared/api/tickets-api';
import { happenedTo, isRecent } from './what-happened';

const at = '2026-11-19T12:00:00.000Z';
const pending: TicketItem = { id: 't1', number: 1, state: 'pending', summary: '', contact: { id: 'c', name: 'Marta' }, conversation: 'v', openedAt: at, unread: 0 };
const carla = { id: 'carla', name: 'Carla' };
const mine: TicketItem = { ...pending, state: 'in-progress', assignee: carla };
const kinds = (ticket: TicketItem | Ticket): string[] => happenedTo(ticket, 'carla').map(({ kind }) => kind);
const withEvents = (kind: string, actor: string): Ticket => ({ ...mine, earlier: [], events: [{ id: 'e1', kind, at, actor: { id: actor, name: actor } }] });

test('a ticket in the queue is new once, whatever changes about it', () => {
  const [first] = happenedTo(pending, 'carla');
  const [again] = happenedTo({ ...pending, unread: 3, lastMessage: { text: 'hola?', at, author: 'customer' } }, 'carla');
  expect(first).toMatchObject({ kind: 'opened' });
  expect(again!.key).toBe(first!.key);
});

test('a customer’s answer is told to who has the ticket, each one', () => {
  const wrote = (when: string): TicketItem => ({ ...mine, lastMessage: { text: 'gracias', at: when, author: 'customer' } });
  expect(kinds(wrote(at))).toEqual(['answered']);
  expect(happenedTo(wrote(at), 'carla')[0]!.key).not.toBe(happenedTo(wrote('2026-11-19T12:01:00.000Z'), 'carla')[0]!.key);
  expect(happenedTo(wrote(at), 'lucia')).toEqual([]);
  expect(kinds({ ...mine, lastMessage: { text: 'hola', at, author: 'agent' } })).toEqual([]);
});

test('waiting too long is told while it lasts', () => {
  expect(kinds({ ...pending, waitingSince: at, alarmedAt: at })).toEqual(['opened', 'late']);
  expect(kinds({ ...mine, alarmedAt: at })).toEqual([]);
});

test('what somebody else passed to me is told; what I took myself is not', () => {
  expect(kinds(withEvents('transferred', 'lucia'))).toEqual(['transferred']);
  expect(kinds(withEvents('transferred', 'carla'))).toEqual([]);
  expect(kinds(withEvents('taken', 'carla'))).toEqual([]);
});

test('only what is recent is news', () => {
  const [alert] = happenedTo(pending, 'carla');
  expect(isRecent(alert!, Date.parse(at) + 599_000)).toBe(true);
  expect(isRecent(alert!, Date.parse(at) + 3_600_000)).toBe(false);
});
