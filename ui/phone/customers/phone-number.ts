import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The digits of what a person typed or pasted: `+54 9 343 400-0001` → `5493434000001`. */
export function digitsOf(typed: string): string {
  return typed.replace(/\D/g, '').replace(/^00/, '');
}

/** Whether these digits can be a phone number of some country (E.164: country code first, no `+`). */
export function isPhoneNumber(digits: string): boolean {
  return parsePhoneNumberFromString(`+${digits}`)?.isPossible() ?? false;
}

/** A number as people read it: `+54 9 343 400 0001`; as it came, if it is of no known country. */
export function showNumber(digits: string): string {
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}

/** Up to two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0).toUpperCase() ?? '').join('');
}
