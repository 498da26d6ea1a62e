import { proto } from '@whiskeysockets/baileys';
import { textMessage } from './compose.js';

/** A row as it was sent. */
export interface Sent {
  kind: string;
  text: string | null;
  raw: Uint8Array | null;
}

/** Pure: the message for a customer's phone that could not read it: what was sent, byte by byte; nothing for a row that never went out. */
export function sentAgain(sent: Sent | undefined, waId: string, key: string): proto.IMessage | undefined {
  if (sent?.raw) return proto.Message.decode(sent.raw);
  return sent?.kind === 'text' && sent.text ? textMessage(waId, sent.text, key) : undefined;
}
