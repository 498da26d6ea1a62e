import type { WASocket } from '@whiskeysockets/baileys';
import type { SendOrder } from '../store.js';

/**
 * Tells the customer's phone that what this row answers was read (two blue marks), as far as the number's privacy settings allow it.
 * @returns whether it was told: then the conversation's place moves on
 */
export async function markRead(sock: WASocket, { reads }: SendOrder, chat: string): Promise<boolean> {
  if (!reads?.messages.length) return false;
  await sock.readMessages(reads.messages.map(({ waId, from }) => ({ id: waId, remoteJid: from ?? chat, fromMe: false })));
  return true;
}
