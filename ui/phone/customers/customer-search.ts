import { digitsOf } from './phone-number';

/** Whether a search finds that person: part of the name, whatever its accents and case, or of the number. */
export function matches(person: { name: string; number: string }, search: string): boolean {
  const wanted = plain(search);
  const digits = digitsOf(search);
  return plain(person.name).includes(wanted) || (digits !== '' && person.number.includes(digits));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}
