import { expect, test } from 'vitest';
import type { Entry } from '../../api/conversations-api';
import { asideOf } from './aside-of';

const entry = (contentKind: string, more: Partial<Entry> = {}): Entry => ({ id: '1', kind: 'message', author: 'customer', direction: 'in', contentKind, at: '2026-11-19T12:00:00Z', ...more });

test.each<[string, Entry, string | undefined]>([
  ['a text', entry('text', { text: 'hola' }), undefined],
  ['a note', { ...entry('text'), kind: 'note' }, undefined],
  ['a call', entry('call', { details: { call: { video: false } } }), 'aside.call'],
  ['a video call', entry('call', { details: { call: { video: true } } }), 'aside.call.video'],
  ['a reaction to what is not here', entry('reaction', { text: '👍' }), 'aside.reaction.theirs'],
  ['one of ours', entry('reaction', { text: '👍', direction: 'out' }), 'aside.reaction.ours'],
  ['one that did not go out', entry('reaction', { text: '👍', direction: 'out', state: 'failed' }), 'aside.reaction.failed'],
  ['one taken back', entry('reaction', { text: '' }), 'aside.unreaction.theirs'],
  ['an edit', entry('edit', { text: 'hola!' }), 'aside.edit.theirs'],
  ['an edit that nobody can read', entry('edit'), 'aside.edit.unreadable'],
  ['a deletion', entry('deleted'), 'aside.deleted.theirs'],
])('%s', (_, told, key) => {
  expect(asideOf(told)?.key).toBe(key);
});
