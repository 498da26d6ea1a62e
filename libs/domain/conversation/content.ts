import type { UnreadableReason } from '../message/details.js';
import type { MessageContent } from './state.js';

/** An inbound row, as far as it says what somebody did. */
export interface InboundRow {
  /** As `messages.kind`. */
  kind: string;
  text: string | null;
  /** Why nobody can read it, where it is known. */
  reason?: UnreadableReason | null;
  /** Number of the message that an edit or a deletion is about; null: none that anybody could read ever reached us. */
  target?: number | null;
}

/** What the bot takes an inbound row for. An edit of a message that we never had, or could not read, is all that we have of it: a text. */
export function contentOf({ kind, text, reason, target }: InboundRow): MessageContent {
  switch (kind) {
    case 'text':
      return { kind: 'text', text: text ?? '' };
    case 'edit':
      if (text === null) return { kind: 'gesture' };
      return { kind: 'text', text, ...(target == null ? {} : { replaces: target }) };
    case 'deleted':
      return { kind: 'gesture', ...(target == null ? {} : { withdraws: target }) };
    case 'reaction':
    case 'poll-vote':
    case 'moved': // the place of a message that went home when contacts were taken apart
      return { kind: 'gesture' };
    case 'call':
      return { kind: 'call' };
    case 'unreadable':
      if (reason === 'view-once') return { kind: 'unsupported', what: 'view-once' };
      return reason === 'unsupported' ? { kind: 'unsupported', what: 'other' } : { kind: 'unreadable' };
    default:
      return { kind: 'unsupported', what: kind };
  }
}
