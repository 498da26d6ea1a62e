import { digitsOf } from './phone-number';

/** Whether a search finds that person: part of the name, whatever its accents and case, or of the number. */
export function matches(person: { name: string; number: string }, search: string): boolean {
  const isNumber = /^[\d\s+().-]*\d[\d\s+().-]*$/.test(search);
  return isNumber ? person.number.includes(digitsOf(search)) : plain(person.name).includes(plain(search));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}
