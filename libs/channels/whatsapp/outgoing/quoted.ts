import { proto, type WAMessage } from '@whiskeysockets/baileys';
import type { Quote } from '../../../domain/message/details.js';
import type { SendOrder } from '../store.js';

/** The protobuf of a message of which only the text is kept. */
function fromText({ kind, text = '' }: Pick<Quote, 'kind' | 'text'>): proto.IMessage {
  switch (kind) {
    case 'image':
      return { imageMessage: { caption: text } };
    case 'video':
      return { videoMessage: { caption: text } };
    case 'document':
      return { documentMessage: { caption: text } };
    case 'audio':
      return { audioMessage: {} };
    case 'sticker':
      return { stickerMessage: {} };
    default:
      return { conversation: text };
  }
}

/**
 * Pure: the message that a row quotes, as the client needs it: from its own protobuf, else from what the row tells of it. A quote whose
 * original has no row (it is older than the link) is made of what the row's details tell.
 * @param chat the address that is written to
 */
export function quotedOf({ details, about }: SendOrder, chat: string): WAMessage | undefined {
  const quote = details?.quote;
  if (!quote) return undefined;
  const original = about ?? quote;
  const message = about?.raw ? proto.Message.decode(about.raw) : fromText(original);
  return { key: { remoteJid: chat, id: quote.waId, fromMe: original.fromMe }, message: proto.Message.create(message) };
}
