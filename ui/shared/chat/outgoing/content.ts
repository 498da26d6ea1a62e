import type { Entry, FileKind, Reply } from '../../api/conversations-api';

/** A file that an agent sends. */
export interface Attachment {
  readonly file: Blob;
  readonly name: string;
  readonly kind: FileKind;
}

/** What of a message is not its text. */
export interface Content {
  readonly attachment?: Attachment;
  readonly place?: Reply['location'];
  readonly card?: Reply['contact'];
  readonly reaction?: Reply['reaction'];
  /** The message that it answers. */
  readonly quote?: Entry;
}

/** A message as the API takes it. @param upload id of its file, which is with the server already */
export function replyOf(text: string, content: Content = {}, upload?: string): Reply {
  const { place, card, reaction, quote } = content;
  return {
    ...(text ? { text } : {}),
    ...(upload ? { file: { upload } } : {}),
    ...(place ? { location: place } : {}),
    ...(card ? { contact: card } : {}),
    ...(reaction ? { reaction } : {}),
    ...(quote ? { quote: quote.id } : {}),
  };
}
