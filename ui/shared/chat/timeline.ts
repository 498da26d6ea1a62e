import type { Entry } from '../api/conversations-api';
import { type Changes, folded } from './folding';
import type { Draft } from './outbox';

/** One line of a chat on the screen. */
export type Row =
  | { readonly kind: 'day'; readonly id: string; readonly at: string }
  | { readonly kind: 'unread'; readonly id: string; readonly count: number }
  | EntryRow
  | { readonly kind: 'draft'; readonly id: string; readonly draft: Draft };

/** A message, a note or something that happened. */
export interface EntryRow {
  readonly kind: 'entry';
  readonly id: string;
  readonly entry: Entry;
  readonly named: boolean;
  /** What became of it: reactions, edits, its deletion. */
  readonly changes?: Changes;
  /** The message that it quotes, where that has been read. */
  readonly quoted?: Entry;
}

export interface TimelineOptions {
  /** Whether two moments lie on one day where the company is. */
  readonly sameDay: (one: string, other: string) => boolean;
  /** Id of the first entry that the person has not seen. */
  readonly unreadFrom?: string;
}

/**
 * A chat as lines: a day's name before its first entry, a mark before what is new, what is still on its way at the end. What changed a
 * message is shown with it.
 */
export function timelineOf(all: readonly Entry[], drafts: readonly Draft[], { sameDay, unreadFrom }: TimelineOptions): Row[] {
  const known = new Set(all.flatMap(({ id, request }) => (request ? [id, request] : [id])));
  const { entries, changes, byWaId } = folded(all);
  const unread = firstShown(all, entries, unreadFrom);
  const rows: Row[] = [];
  let last: Entry | undefined;
  for (const [index, entry] of entries.entries()) {
    const isNewDay = !last || !sameDay(last.at, entry.at);
    if (isNewDay) rows.push({ kind: 'day', id: `day-${entry.id}`, at: entry.at });
    if (entry.id === unread) rows.push({ kind: 'unread', id: 'unread', count: newMessages(entries.slice(index)) });
    const named = isNewDay || entry.id === unread || !last || voiceOf(last) !== voiceOf(entry);
    rows.push({ kind: 'entry', id: entry.id, entry, named, changes: changes.get(entry.id), quoted: byWaId.get(entry.details?.quote?.waId ?? '') });
    last = entry;
  }
  for (const draft of drafts) {
    if (known.has(draft.key) || (draft.entry && known.has(draft.entry))) continue;
    rows.push({ kind: 'draft', id: draft.key, draft });
  }
  return rows;
}

/** Of what somebody has not seen, the first that has a line of its own: a reaction has none. */
function firstShown(all: readonly Entry[], shown: readonly Entry[], unreadFrom: string | undefined): string | undefined {
  const from = all.findIndex(({ id }) => id === unreadFrom);
  if (from < 0) return undefined;
  const own = new Set(shown);
  return all.slice(from).find((entry) => own.has(entry))?.id;
}

/** Where what somebody has not seen begins: the last `count` messages of the customer. */
export function firstUnread(entries: readonly Entry[], count: number): string | undefined {
  if (count <= 0) return undefined;
  const inbound = entries.filter(isFromCustomer);
  return inbound[Math.max(0, inbound.length - count)]?.id;
}

export function isFromCustomer({ kind, direction }: Entry): boolean {
  return kind === 'message' && direction === 'in';
}

function newMessages(entries: readonly Entry[]): number {
  return entries.filter(isFromCustomer).length;
}

/** Bubbles in a row of one voice carry its name once. */
function voiceOf({ kind, author, agent }: Entry): string {
  return `${kind}/${author}/${agent?.id ?? ''}`;
}
