import { expect, test } from 'vitest';
import type { Entry } from '../api/conversations-api';
import type { Draft } from './outbox';
import { firstUnread, timelineOf } from './timeline';

const sameDay = (one: string, other: string): boolean => one.slice(0, 10) === other.slice(0, 10);
const entry = (id: string, author: string, at: string, more: Partial<Entry> = {}): Entry => ({
  id, kind: 'message', direction: author === 'customer' ? 'in' : 'out', author, at, text: id, ...more,
});
const draft = (key: string, more: Partial<Draft> = {}): Draft => ({
  key, kind: 'message', conversation: 'c1', ticket: 't1', text: key, at: '2026-11-19T12:00:00Z', state: 'sending', ...more,
});
const lines = (entries: Entry[], drafts: Draft[] = [], unreadFrom?: string): string[] =>
  timelineOf(entries, drafts, { sameDay, unreadFrom }).map((row) => (row.kind === 'entry' ? row.id : `[${row.kind}${row.kind === 'unread' ? ` ${row.count}` : ''}]`));

const chat = [
  entry('a', 'customer', '2026-11-18T10:00:00Z'), entry('b', 'bot', '2026-11-18T10:01:00Z'), entry('c', 'bot', '2026-11-18T10:02:00Z'),
  entry('d', 'customer', '2026-11-19T09:00:00Z'), entry('e', 'customer', '2026-11-19T09:01:00Z'),
];

test('names each day before its first entry', () => {
  expect(lines(chat)).toEqual(['[day]', 'a', 'b', 'c', '[day]', 'd', 'e']);
});

test('marks where what is new begins, and counts the messages of the customer', () => {
  expect(lines(chat, [], 'd')).toEqual(['[day]', 'a', 'b', 'c', '[day]', '[unread 2]', 'd', 'e']);
  expect(firstUnread(chat, 1)).toBe('e');
  expect(firstUnread(chat, 2)).toBe('d');
  expect(firstUnread(chat, 0)).toBeUndefined();
  expect(firstUnread(chat, 99)).toBe('a');
});

test('a reaction has no line of its own: what is new begins with the next message', () => {
  const said = entry('d', 'customer', '2026-11-19T09:00:00Z', { waId: 'wa-d' });
  const reaction = entry('r', 'customer', '2026-11-19T09:00:30Z', { contentKind: 'reaction', text: '👍', details: { target: 'wa-d' } });
  const rows = timelineOf([said, reaction, chat[4]!], [], { sameDay, unreadFrom: 'r' });
  expect(rows.map(({ id }) => id)).toEqual(['day-d', 'd', 'unread', 'e']);
  expect(rows[1]).toMatchObject({ changes: { reactions: [{ emoji: '👍', ours: false }] } });
});

test('a message knows the one that it quotes', () => {
  const said = entry('d', 'customer', '2026-11-19T09:00:00Z', { waId: 'wa-d' });
  const answer = entry('f', 'agent', '2026-11-19T09:01:00Z', { details: { quote: { waId: 'wa-d', kind: 'text', text: 'd', fromMe: false } } });
  expect(timelineOf([said, answer], [], { sameDay }).at(-1)).toMatchObject({ id: 'f', quoted: said });
});

test('names a voice once while it goes on', () => {
  const named = timelineOf(chat, [], { sameDay }).flatMap((row) => (row.kind === 'entry' && row.named ? [row.id] : []));
  expect(named).toEqual(['a', 'b', 'd']);
});

test('what is on its way comes last, until the chat has it under its key or the id that the server gave it', () => {
  expect(lines(chat, [draft('k1')])).toEqual([...lines(chat), '[draft]']);
  expect(lines([...chat, entry('f', 'agent', '2026-11-19T09:02:00Z', { request: 'k1' })], [draft('k1')])).toEqual([...lines(chat), 'f']);
  expect(lines([...chat, entry('f', 'agent', '2026-11-19T09:02:00Z')], [draft('k1', { state: 'accepted', entry: 'f' })])).toEqual([...lines(chat), 'f']);
});
