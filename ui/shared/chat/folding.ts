import type { Entry } from '../api/conversations-api';

/** What became of a message after it was said. */
export interface Changes {
  /** Of each side the last one, unless it was taken back. */
  readonly reactions: readonly Reaction[];
  /** In the order in which they came; the last is what is shown. The message itself keeps what it said first. */
  readonly edits: readonly Entry[];
  readonly deletion?: Entry;
}

export interface Reaction {
  readonly emoji: string;
  readonly ours: boolean;
}

/** A chat with what changed a message put to that message. */
export interface Folded {
  readonly entries: readonly Entry[];
  /** By the id of the entry that was changed. */
  readonly changes: ReadonlyMap<string, Changes>;
  /** Messages by WhatsApp's id: what quotes name. */
  readonly byWaId: ReadonlyMap<string, Entry>;
}

const changeKinds = new Set(['reaction', 'edit', 'deleted']);

/**
 * Takes reactions, edits and deletions, which are entries of their own, to the messages that they are about. Those whose message is not
 * among the entries stay where they are, and so does what could not be sent. Nobody changes what the other side said.
 */
export function folded(entries: readonly Entry[]): Folded {
  const byWaId = new Map(entries.flatMap((entry) => (isSaid(entry) && entry.waId ? [[entry.waId, entry] as const] : [])));
  const changes = new Map<string, Changes>();
  const rest = entries.filter((entry) => {
    const target = isChange(entry) && entry.state !== 'failed' ? byWaId.get(entry.details?.target ?? '') : undefined;
    if (!target || (entry.contentKind !== 'reaction' && entry.direction !== target.direction)) return true;
    changes.set(target.id, changed(changes.get(target.id) ?? { reactions: [], edits: [] }, entry));
    return false;
  });
  return { entries: rest, changes, byWaId };
}

/** What a message says now. */
export function newestText(entry: Entry, changes?: Changes): string {
  return changes?.edits.findLast(({ text }) => text !== undefined)?.text ?? entry.text ?? '';
}

export function isChange({ kind, contentKind = '' }: Entry): boolean {
  return kind === 'message' && changeKinds.has(contentKind);
}

function isSaid(entry: Entry): boolean {
  return entry.kind === 'message' && !isChange(entry);
}

function changed(before: Changes, entry: Entry): Changes {
  switch (entry.contentKind) {
    case 'edit':
      return { ...before, edits: [...before.edits, entry] };
    case 'deleted':
      return { ...before, deletion: entry };
    default: {
      const ours = entry.direction === 'out';
      const others = before.reactions.filter((reaction) => reaction.ours !== ours);
      return { ...before, reactions: entry.text ? [...others, { emoji: entry.text, ours }] : others };
    }
  }
}
