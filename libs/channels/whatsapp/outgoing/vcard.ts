import type { ContactCard } from '../../../domain/message/details.js';

/** RFC 6350, 3.4: what has a meaning in a card is escaped; a card is one line a property. */
const escaped = (text: string): string => text.replace(/[\\,;]/g, (character) => `\\${character}`).replace(/\s*[\r\n]+\s*/g, ' ');

/**
 * Pure: a contact card as WhatsApp reads it: vCard 3.0, with `waid` on numbers so that the phone offers to write to them.
 * @see https://www.rfc-editor.org/rfc/rfc2426
 */
export function vcardOf({ name, phones }: ContactCard): string {
  const numbers = phones.map((phone) => {
    const digits = phone.replace(/\D/g, '');
    return digits ? `TEL;type=CELL;type=VOICE;waid=${digits}:${escaped(phone)}` : `TEL;type=CELL:${escaped(phone)}`;
  });
  return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${escaped(name)};;;`, `FN:${escaped(name)}`, ...numbers, 'END:VCARD'].join('\n');
}
