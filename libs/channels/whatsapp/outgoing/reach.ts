import type { WASocket } from '@whiskeysockets/baileys';
import type { SessionStore } from '../store.js';

/** How long the network's word about a number is believed. */
const BELIEVED_MS = 30 * 24 * 3_600_000;

const PHONE = /^(\d{6,15})@s\.whatsapp\.net$/;

/**
 * Whether somebody who has never written can be written to at all: the network takes a message for a number that has no WhatsApp, and
 * delivers it to nobody. What it says is kept for 30 days. A person of whom only the LID is known exists.
 * @returns undefined when the network did not say
 */
export async function hasWhatsApp(sock: WASocket, store: SessionStore, addresses: readonly string[]): Promise<boolean | undefined> {
  const number = addresses.map((address) => PHONE.exec(address)?.[1]).find((digits) => digits !== undefined);
  if (number === undefined) return addresses.length > 0;
  const known = await store.numberHasWhatsApp(number, BELIEVED_MS);
  if (known !== undefined) return known;
  const answer = await sock.onWhatsApp(number).catch(() => undefined);
  if (!answer) return undefined;
  const registered = answer.some(({ exists }) => Boolean(exists)); // a number without WhatsApp is left out of the answer
  await store.keepNumber(number, registered);
  return registered;
}
