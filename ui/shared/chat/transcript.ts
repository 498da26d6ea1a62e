import type { Entry } from '../api/conversations-api';

/** A page of a chat as the API answers it: oldest first. */
export interface EntryPage {
  readonly items: readonly Entry[];
  /** Whether there is more before its first entry. */
  readonly older: boolean;
}

/** What of a chat has been read: one stretch without a hole, up to the newest entry. */
export interface Transcript {
  readonly entries: readonly Entry[];
  readonly older: boolean;
}

/** Puts an older page before what is known. */
export function withOlder(known: Transcript, page: EntryPage): Transcript {
  const ids = new Set(known.entries.map(({ id }) => id));
  return { entries: [...page.items.filter(({ id }) => !ids.has(id)), ...known.entries], older: page.older };
}

/**
 * Puts the newest page after what is known; where both have an entry, the page is right.
 * @returns undefined when more was written since than a page holds: the hole has to be read first
 */
export function withNewest(known: Transcript, page: EntryPage): Transcript | undefined {
  if (known.entries.length === 0) return { entries: page.items, older: page.older };
  const ids = new Set(page.items.map(({ id }) => id));
  const met = known.entries.findIndex(({ id }) => ids.has(id));
  if (met < 0) return page.older ? undefined : { entries: page.items, older: false };
  return { entries: [...known.entries.slice(0, met), ...page.items], older: met > 0 ? known.older : page.older };
}

/** Puts in one entry that the server has just answered with, unless a page brought it already. */
export function withEntry(known: Transcript, entry: Entry): Transcript {
  const at = known.entries.findIndex(({ id }) => id === entry.id);
  return at < 0 ? { ...known, entries: [...known.entries, entry] } : known;
}
