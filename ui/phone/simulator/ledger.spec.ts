import { expect, test } from 'vitest';
import { activityOf, cursorOf, lastSaid, latest, proofOf, withChanges } from './ledger';
import type { LedgerEntry } from './types';

const business = '5493434001200';
const entry = (order: number, change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  seq: order, order, at: '2026-11-19T12:00:00.000Z', direction: 'in', account: business, chat: '549001', id: `A${order}`,
  kind: 'text', text: `mensaje ${order}`, state: 'delivered', copies: 1, ...change,
});
const empty = new Map<string, LedgerEntry>();

test('a change takes the place of the entry, and the cursor moves on', () => {
  const before = withChanges(empty, [entry(1, { state: 'sent' }), entry(2)]);
  const after = withChanges(before, [entry(1, { seq: 3, state: 'read' })]);
  expect(latest(after, 10).map(({ id, state }) => [id, state])).toEqual([['A2', 'delivered'], ['A1', 'read']]);
  expect(cursorOf(after)).toBe(3);
});

test('one id in two chats is two messages', () => {
  expect(withChanges(empty, [entry(1, { id: 'X' }), entry(2, { id: 'X', chat: '549002' })]).size).toBe(2);
});

test('counts as unread what the business sent after the chat was last seen', () => {
  const ledger = withChanges(empty, [
    entry(1), entry(2, { direction: 'out' }), entry(3, { direction: 'own', text: 'soy yo' }),
    entry(4, { direction: 'out', state: 'refused' }), entry(6, { direction: 'out', chat: '549009', kind: 'reaction', text: '👍' }), entry(5, { direction: 'out', account: '1', text: 'otra empresa' }),
  ]);
  expect(activityOf(ledger, business, {}).get('549001')).toMatchObject({ unread: 2, text: 'soy yo' });
  expect(activityOf(ledger, business, {}).get('549009')).toMatchObject({ unread: 0, kind: 'reaction' });
  expect(activityOf(ledger, business, { '549001': 2 }).get('549001')).toMatchObject({ unread: 1 });
  expect(activityOf(ledger, business, { '549001': 3 }).get('549001')).toMatchObject({ unread: 0 });
});

test('the proof tells waiting, lost and repeated apart', () => {
  const ledger = withChanges(empty, [
    entry(1, { state: 'sent' }), entry(2, { copies: 3 }), entry(3, { state: 'refused' }), entry(4, { direction: 'out', state: 'sent' }),
  ]);
  expect(proofOf(ledger)).toEqual({ received: 3, waiting: 1, lost: 1, repeats: 2 });
});

test('the last message of a group is the latest, whatever business it went through', () => {
  const ledger = withChanges(empty, [entry(2, { chat: 'g', account: '1' }), entry(1, { chat: 'g' }), entry(3)]);
  expect([...lastSaid(ledger)].map(([chat, { id }]) => [chat, id])).toEqual([['g', 'A2'], ['549001', 'A3']]);
});
