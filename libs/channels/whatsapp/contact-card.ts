import type { proto } from '@whiskeysockets/baileys';
import type { ContactCard } from '../../domain/message/details.js';

const MOST_PHONES = 20;

/** One line of a vCard after unfolding (RFC 6350, 3.2): `item1.TEL;type=CELL;waid=5493415550001:+54 9 341 555-0001`. */
const TEL = /^(?:[\w-]+\.)?TEL(?:;[^:]*)?:(.*)$/i;
const FN = /^(?:[\w-]+\.)?FN(?:;[^:]*)?:(.*)$/i;
const unescaped = (value: string): string => value.replace(/\\([\\,;])/g, '$1').trim();

/** Pure: name and phones of a card that somebody sends. Phones stay as the card has them. */
export function contactCard({ displayName, vcard }: proto.Message.IContactMessage): ContactCard {
  const lines = (vcard ?? '').replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const valuesOf = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []).map(unescaped).filter(Boolean);
  const phones = valuesOf(TEL).map((phone) => phone.replace(/^tel:/i, '')).slice(0, MOST_PHONES);
  return { name: displayName?.trim() || (valuesOf(FN)[0] ?? phones[0] ?? ''), phones };
}
