import { expect, test } from 'vitest';
import type { TicketItem } from '../../../shared/api/tickets-api';
import { changedElsewhere } from './changed-elsewhere';

const pending: TicketItem = { id: 't', number: 7, state: 'pending', summary: '', contact: { id: 'c', name: 'Marta' }, conversation: 'v', openedAt: '2026-11-19T12:00:00Z', unread: 0 };
const held = (name: string): TicketItem => ({ ...pending, state: 'in-progress', assignee: { id: name, name } });
const said = (before: TicketItem, after: TicketItem) => changedElsewhere({ id: 't', before, after })?.key;

test('says who took it, to whom it went, that it went back, and that it was closed', () => {
  expect(changedElsewhere({ id: 't', before: pending, after: held('Carla') })).toEqual({ icon: 'hand', key: 'taken.elsewhere', values: { number: 7, name: 'Carla' } });
  expect(said(held('Carla'), held('Lucía'))).toBe('transferred.away');
  expect(said(held('Carla'), pending)).toBe('transferred.queue');
  expect(said(held('Carla'), { ...held('Carla'), state: 'closed' })).toBe('closed.elsewhere');
});

test('says nothing of what changes without a change of hands', () => {
  expect(said(pending, { ...pending, unread: 4 })).toBeUndefined();
  expect(said(held('Carla'), { ...held('Carla'), unread: 4 })).toBeUndefined();
  expect(changedElsewhere({ id: 't', after: pending })).toBeUndefined();
});
