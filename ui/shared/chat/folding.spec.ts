import { expect, test } from 'vitest';
import type { Entry } from '../api/conversations-api';
import { folded, newestText } from './folding';

let made = 0;
const message = (direction: 'in' | 'out', text: string, more: Partial<Entry> = {}): Entry => {
  made += 1;
  return { id: `m${made}`, waId: `wa-${text}`, kind: 'message', direction, author: direction === 'in' ? 'customer' : 'agent', contentKind: 'text', at: '2026-11-19T12:00:00Z', text, ...more };
};
const about = (kind: string, direction: 'in' | 'out', target: string, text?: string, more: Partial<Entry> = {}): Entry =>
  message(direction, text ?? '', { contentKind: kind, waId: `wa-${kind}-${made}`, details: { target: `wa-${target}` }, text, ...more });
const reactions = (entries: Entry[]): string[] =>
  [...folded(entries).changes.values()].flatMap((changes) => changes.reactions.map(({ emoji, ours }) => `${ours ? 'us' : 'them'} ${emoji}`));

const hello = message('in', 'hola');
const answer = message('out', 'qué tal');

test.each<[string, Entry[], string[]]>([
  ['one of each side', [about('reaction', 'in', 'qué tal', '👍'), about('reaction', 'out', 'qué tal', '❤️')], ['them 👍', 'us ❤️']],
  ['the last of a side', [about('reaction', 'in', 'qué tal', '👍'), about('reaction', 'in', 'qué tal', '😂')], ['them 😂']],
  ['none that was taken back', [about('reaction', 'in', 'qué tal', '👍'), about('reaction', 'in', 'qué tal', '')], []],
  ['taking back one leaves the other’s', [about('reaction', 'in', 'hola', '👍'), about('reaction', 'out', 'hola', '🙏'), about('reaction', 'in', 'hola')], ['us 🙏']],
])('reactions: %s', (_, more, expected) => {
  const all = [hello, answer, ...more];
  expect(reactions(all)).toEqual(expected);
  expect(folded(all).entries).toEqual([hello, answer]);
});

test('edits stand one after another, the first words are kept, and the last ones are shown', () => {
  const { entries, changes } = folded([hello, about('edit', 'in', 'hola', 'holaa'), about('edit', 'in', 'hola', 'hola!')]);
  expect(entries).toEqual([hello]);
  const [change] = changes.values();
  expect(change!.edits.map(({ text }) => text)).toEqual(['holaa', 'hola!']);
  expect(newestText(entries[0]!, change)).toBe('hola!');
  expect(entries[0]!.text).toBe('hola');
});

test('an edit that nobody could read leaves the words as they were', () => {
  const { changes } = folded([hello, about('edit', 'in', 'hola', undefined, { details: { target: 'wa-hola', unreadable: 'edit-unreadable' } })]);
  expect(newestText(hello, changes.get(hello.id))).toBe('hola');
});

test('what was deleted keeps what it said', () => {
  const { entries, changes } = folded([hello, about('deleted', 'in', 'hola')]);
  expect(entries.map(({ text }) => text)).toEqual(['hola']);
  expect(changes.get(hello.id)?.deletion).toBeDefined();
});

test.each<[string, Entry[]]>([
  ['a reaction to what is not read yet', [about('reaction', 'in', 'ayer', '👍')]],
  ['an edit of what is not read yet', [about('edit', 'in', 'ayer', 'x')]],
  ['a customer who would edit what an agent said', [answer, about('edit', 'in', 'qué tal', 'te regalamos un año')]],
  ['a customer who would delete what an agent said', [answer, about('deleted', 'in', 'qué tal')]],
  ['a reaction that did not go out', [hello, about('reaction', 'out', 'hola', '👍', { state: 'failed' })]],
  ['a reaction to a reaction', [about('reaction', 'in', 'x', '👍', { waId: 'wa-r' }), about('reaction', 'out', 'r', '👍')]],
])('stays where it is: %s', (_, entries) => {
  expect(folded(entries)).toMatchObject({ entries, changes: new Map() });
});
