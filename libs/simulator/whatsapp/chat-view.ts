import type { LedgerEntry } from './ledger.js';
import type { Shown } from './messages.js';

/** A message of a chat, and who said it. */
export interface Said extends Pick<Shown, 'kind' | 'text' | 'target' | 'media' | 'location' | 'contacts' | 'call'> {
  id: string;
  from: string;
}

export interface Reaction {
  from: string;
  emoji: string;
}

/** What happened to a message later. */
export interface Changes {
  reactions?: Reaction[];
  edited?: boolean;
  deleted?: boolean;
}

/** Kinds that are no bubble of their own. */
const ABOUT_OTHERS = new Set(['reaction', 'edit', 'deleted', 'protocol']);

/**
 * A chat as a phone shows it: reactions, edits and deletions are applied to what they are about. Only the author can edit or delete;
 * a person has one reaction to a message, the last.
 */
export function asShown<Entry extends Said>(chat: Entry[]): (Entry & Changes)[] {
  const shown = new Map<string, Entry & Changes>();
  for (const entry of chat) {
    const target = entry.target === undefined ? undefined : shown.get(entry.target);
    if (!ABOUT_OTHERS.has(entry.kind)) shown.set(entry.id, { ...entry });
    else if (target && entry.kind === 'reaction') react(target, entry);
    else if (target?.from === entry.from && !target.deleted) change(target, entry);
  }
  return [...shown.values()];
}

function react(target: Changes, { from, text: emoji = '' }: Said): void {
  const others = (target.reactions ?? []).filter((reaction) => reaction.from !== from);
  target.reactions = emoji ? [...others, { from, emoji }] : others;
  if (!target.reactions.length) delete target.reactions;
}

function change(target: Said & Changes, { kind, text }: Said): void {
  if (kind === 'edit') Object.assign(target, { text, edited: true });
  if (kind !== 'deleted') return;
  target.deleted = true;
  for (const gone of ['text', 'media', 'location', 'contacts', 'reactions'] as const) delete target[gone];
}

/** A message as the control API gives it: what is not there is left out. */
export function bubbleOf(entry: LedgerEntry & Said & Changes): object {
  const { id, at, from, kind, text, media, location, contacts, call, quote, reactions, edited, deleted, state, receipts, played } = entry;
  const bubble = { id, at, from, kind, text, media, location, contacts, call, quote, reactions, edited, deleted, state, receipts, played };
  return Object.fromEntries(Object.entries(bubble).filter(([, value]) => value !== undefined));
}
