import type { UnreadableReason } from '../message/details.js';
import type { MessageContent, ReceiptFile } from './state.js';

/** An inbound row, as far as it says what somebody did. */
export interface InboundRow {
  /** As `messages.kind`. */
  kind: string;
  text: string | null;
  /** Why nobody can read it, where it is known. */
  reason?: UnreadableReason | null;
  /** Number of the message that an edit or a deletion is about; null: none that anybody could read ever reached us. */
  target?: number | null;
  /** Of a document, as its sender called it. */
  mimetype?: string | null;
}

/** The file that may be a proof of payment; a picture sent as a document is one, too. What it really is, its content tells later. */
function receiptFileIn({ kind, mimetype }: InboundRow): ReceiptFile | undefined {
  if (kind === 'image') return 'image';
  if (kind !== 'document') return undefined;
  if (mimetype === 'application/pdf') return 'pdf';
  return mimetype?.startsWith('image/') ? 'image' : undefined;
}

/** What the bot takes an inbound row for. An edit of a message that we never had, or could not read, is all that we have of it: a text. */
export function contentOf(row: InboundRow): MessageContent {
  const { kind, text, reason, target } = row;
  const receipt = receiptFileIn(row);
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
      return { kind: 'unsupported', what: kind, ...(receipt === undefined ? {} : { receipt }) };
  }
}
