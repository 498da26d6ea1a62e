import { getContentType, type proto } from '@whiskeysockets/baileys';

/** What a phone shows of a message. */
export interface Shown {
  kind: string;
  text?: string;
  quote?: string;
}

/** Kind, text and quoted id of a message of any kind. */
export function shownOf(message: proto.IMessage): Shown {
  const type = getContentType(message);
  if (!type) return { kind: 'unknown' };
  if (type === 'conversation') return { kind: 'text', text: message.conversation ?? '' };
  const part = message[type] as { text?: string; caption?: string; contextInfo?: proto.IContextInfo } | null | undefined;
  const kind = type === 'extendedTextMessage' ? 'text' : type.replace(/Message(V\d)?$/, '');
  const text = typeof part?.text === 'string' ? part.text : part?.caption;
  return { kind, text: text ?? undefined, quote: part?.contextInfo?.stanzaId ?? undefined };
}

/** A text as phones write it; with a quote it carries the quoted message and its author's jid. */
export function textMessage(text: string, quote?: { id: string; authorJid: string; message: proto.IMessage }): proto.IMessage {
  if (!quote) return { conversation: text };
  const { id: stanzaId, authorJid: participant, message: quotedMessage } = quote;
  return { extendedTextMessage: { text, contextInfo: { stanzaId, participant, quotedMessage } } };
}
