import { digitsOf, isWholeNumber } from '../link/phone-digits';

/** Whether somebody typed what a number is called: a phone number in any spelling of its digits, a name without regard to case. */
export function isSame(typed: string, name: string): boolean {
  const digits = digitsOf(name);
  if (isWholeNumber(digits)) return digitsOf(typed) === digits;
  return typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();
}
