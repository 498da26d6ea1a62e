/**
 * Check digits of accounts and documents in Latin America. Weights were verified by calculation against published examples
 * (research/external-apis.md, 11.2). Each takes digits without separators.
 */

const digitsOf = (text: string): number[] => [...text].map(Number);

/** 10 − Σ(digit × weight) mod 10, and 0 for 10. */
function tensComplement(digits: readonly number[], weights: readonly number[], each: (product: number) => number = (product) => product): number {
  const sum = digits.reduce((before, digit, i) => before + each(digit * weights[i % weights.length]!), 0);
  return (10 - (sum % 10)) % 10;
}

/** Argentina, CBU and CVU: two blocks of their own, 7 + 1 and 13 + 1 digits. */
export function isCbu(text: string): boolean {
  if (!/^\d{22}$/.test(text) || /^0+$/.test(text)) return false;
  const digits = digitsOf(text);
  return tensComplement(digits.slice(0, 7), [7, 1, 3, 9, 7, 1, 3]) === digits[7]
    && tensComplement(digits.slice(8, 21), [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]) === digits[21];
}

/** Mexico, CLABE: each product counts modulo 10. */
export function isClabe(text: string): boolean {
  if (!/^\d{18}$/.test(text) || /^0+$/.test(text)) return false;
  const digits = digitsOf(text);
  return tensComplement(digits.slice(0, 17), [3, 7, 1], (product) => product % 10) === digits[17];
}

/** Argentina, CUIT and CUIL. */
export function isCuit(text: string): boolean {
  if (!/^(20|23|24|25|26|27|30|33|34)\d{9}$/.test(text)) return false;
  const digits = digitsOf(text);
  const sum = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((before, weight, i) => before + weight * digits[i]!, 0);
  const check = 11 - (sum % 11);
  return (check === 11 ? 0 : check === 10 ? 9 : check) === digits[10];
}

/** Chile, RUT: `123456785`, the last one a digit or K. */
export function isRut(text: string): boolean {
  const parts = /^(\d{7,8})([\dK])$/.exec(text.toUpperCase());
  if (!parts) return false;
  const sum = digitsOf(parts[1]!).reverse().reduce((before, digit, i) => before + digit * (2 + (i % 6)), 0);
  const check = 11 - (sum % 11);
  return (check === 11 ? '0' : check === 10 ? 'K' : String(check)) === parts[2];
}

/** Ecuador, cédula: province 01–24 or 30, third digit below 6. */
export function isCedulaEc(text: string): boolean {
  if (!/^(0[1-9]|1\d|2[0-4]|30)[0-5]\d{7}$/.test(text)) return false;
  const digits = digitsOf(text);
  return tensComplement(digits.slice(0, 9), [2, 1], (product) => (product > 9 ? product - 9 : product)) === digits[9];
}
