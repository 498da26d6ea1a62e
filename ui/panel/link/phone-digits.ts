/** The digits of a number as people write it. */
export const digitsOf = (written: string): string => written.replace(/\D/g, '');

/** Whether it can be a number with its country code (E.164: at most 15 digits, and the shortest that exist have 7). */
export const isWholeNumber = (digits: string): boolean => /^[1-9]\d{6,14}$/.test(digits);

/** +54 9 343 400-1200: an Argentine mobile as it is read; other numbers with a plus before them. */
export function showNumber(written: string): string {
  const digits = digitsOf(written);
  const parts = /^549(11)(\d{4})(\d{4})$/.exec(digits) ?? /^549(\d{3})(\d{3})(\d{4})$/.exec(digits);
  return parts ? `+54 9 ${parts[1]} ${parts[2]}-${parts[3]}` : `+${digits}`;
}
