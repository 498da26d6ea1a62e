import type { Entry } from '../api/conversations-api';
import type { Draft } from './outbox';

/** One line of a chat on the screen. */
export type Row =
  | { readonly kind: 'day'; readonly id: string; readonly at: string }
  | { readonly kind: 'unread'; readonly id: string; readonly count: number }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: Entry; readonly named: boolean }
  | { readonly kind: 'draft'; readonly id: string; readonly draft: Draft };

export interface TimelineOptions {
  /** Whether two moments lie on one day where the company is. */
  readonly sameDay: (one: string, other: string) => boolean;
  /** Id of the first entry that the person has not seen. */
  readonly unreadFrom?: string;
}

/** A chat as lines: a day's name before its first entry, a mark before what is new, what is still on its way at the end. */
export function timelineOf(entries: readonly Entry[], drafts: readonly Draft[], { sameDay, unreadFrom }: TimelineOptions): Row[] {
  const known = new Set(entries.flatMap(({ id, request }) => (request ? [id, request] : [id])));
  const rows: Row[] = [];
  let last: Entry | undefined;
  for (const [index, entry] of entries.entries()) {
    const isNewDay = !last || !sameDay(last.at, entry.at);
    if (isNewDay) rows.push({ kind: 'day', id: `day-${entry.id}`, at: entry.at });
    if (entry.id === unreadFrom) rows.push({ kind: 'unread', id: 'unread', count: newMessages(entries.slice(index)) });
    rows.push({ kind: 'entry', id: entry.id, entry, named: isNewDay || entry.id === unreadFrom || !last || voiceOf(last) !== voiceOf(entry) });
    last = entry;
  }
  for (const draft of drafts) {
    if (known.has(draft.key) || (draft.entry && known.has(draft.entry))) continue;
    rows.push({ kind: 'draft', id: draft.key, draft });
  }
  return rows;
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
