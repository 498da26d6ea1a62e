import type { LedgerEntry } from './types';

/** The ledger by its messages; a change takes the place of what was known of that message before. */
export type Ledger = ReadonlyMap<string, LedgerEntry>;

export function withChanges(ledger: Ledger, changes: readonly LedgerEntry[]): Ledger {
  if (changes.length === 0) return ledger;
  const next = new Map(ledger);
  for (const entry of changes) next.set([entry.direction, entry.account, entry.chat, entry.id].join('|'), entry);
  return next;
}

/** The cursor after which to ask for changes. */
export function cursorOf(ledger: Ledger): number {
  return [...ledger.values()].reduce((last, { seq }) => Math.max(last, seq), 0);
}

/** The newest messages first. */
export function latest(ledger: Ledger, count: number): LedgerEntry[] {
  return [...ledger.values()].sort((one, other) => other.order - one.order).slice(0, count);
}

/** What a list of chats shows of one. */
export interface Activity {
  readonly text: string;
  readonly kind: string;
  readonly at: Date;
  readonly order: number;
  readonly unread: number;
}

/** Kinds that change another message and are none of their own. */
const aboutOthers: ReadonlySet<string> = new Set(['reaction', 'edit', 'deleted', 'protocol']);

/** Each customer's chat, and each group's, with that business: its last message, and what came after `seen` (an `order`, by customer). */
export function activityOf(ledger: Ledger, account: string, seen: Readonly<Record<string, number>>): Map<string, Activity> {
  const chats = new Map<string, Activity>();
  for (const { chat, order, ...entry } of [...ledger.values()].sort((one, other) => one.order - other.order)) {
    if (entry.account !== account || (entry.state === 'refused' && entry.direction !== 'in')) continue;
    const unread = chats.get(chat)?.unread ?? 0;
    const isNew = entry.direction !== 'in' && !aboutOthers.has(entry.kind) && order > (seen[chat] ?? 0);
    chats.set(chat, { text: entry.text ?? '', kind: entry.kind, at: new Date(entry.at), order, unread: unread + (isNew ? 1 : 0) });
  }
  return chats;
}

/** Figures that show whether anything was lost. */
export interface Proof {
  readonly received: number;
  /** The business has not confirmed them yet. */
  readonly waiting: number;
  /** Refused for good, by the network or by whom they were for. */
  readonly lost: number;
  readonly repeats: number;
}

export function proofOf(ledger: Ledger): Proof {
  const entries = [...ledger.values()];
  const received = entries.filter(({ direction }) => direction === 'in');
  return {
    received: received.length,
    waiting: received.filter(({ state }) => state === 'sent' || state === 'unreadable').length,
    lost: entries.filter(({ state }) => state === 'refused').length,
    repeats: entries.reduce((sum, { copies }) => sum + copies - 1, 0),
  };
}

/** The last message of each chat and group, whichever business took part. */
export function lastSaid(ledger: Ledger): Map<string, LedgerEntry> {
  const last = new Map<string, LedgerEntry>();
  for (const entry of ledger.values()) if ((last.get(entry.chat)?.order ?? 0) < entry.order) last.set(entry.chat, entry);
  return last;
}
