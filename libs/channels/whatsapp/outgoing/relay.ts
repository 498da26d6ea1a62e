import type { proto, WASocket } from '@whiskeysockets/baileys';
import { markOfAck } from '../marks.js';

/** What the network's word about a message is, or that it said none. */
export type Word = { state: 'sent' } | { state: 'failed' | 'unknown'; cause: string };

/**
 * Hands a message to the socket under its id and waits for the network's word about it.
 * @param ackLimitMs for the word alone
 */
export async function relay(sock: WASocket, to: string, message: proto.IMessage, waId: string, ackLimitMs: number): Promise<Word> {
  const ack = sock.waitForMessage<{ tag: string; attrs: Record<string, string> }>(waId, ackLimitMs); // before the send: it may be quick
  ack.catch(() => undefined); // may fail while the send still runs
  await sock.relayMessage(to, message, { messageId: waId });
  const answer = await ack;
  if (!answer) return { state: 'unknown', cause: 'no-ack' };
  const mark = answer.tag === 'ack' ? markOfAck(answer) : undefined; // a receipt under this id says that it is out, too
  return mark?.state === 'failed' ? { state: 'failed', cause: mark.cause ?? 'ack' } : { state: 'sent' };
}
