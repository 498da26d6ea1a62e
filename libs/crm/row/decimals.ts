/** Decimal strings ("18900.50"), as money goes through the port: exact, never a float. Two decimals, as all currencies of the region have them. */

const DECIMALS = 2n;

/** "18900.5" → 1890050n. @param amount a decimal string as `decimalOf` gives it */
export function centsOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const size = BigInt(whole.replace('-', '')) * 10n ** DECIMALS + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return whole.startsWith('-') ? -size : size;
}

/** 1890050n → "18900.50" */
export function fromCents(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

export const sumOf = (amounts: readonly string[]): string => fromCents(amounts.reduce((total, amount) => total + centsOf(amount), 0n));

export const sameAmount = (one: string, other: string): boolean => centsOf(one) === centsOf(other);

/**
 * An amount as systems write it: 15000, "15000.5", "$ 15.000,50", "15,000.50". Of a point and a comma the last one begins the decimals; a comma
 * alone does if one or two digits follow it. A point alone always does: that is how APIs write numbers.
 * @returns undefined for what is no amount, and for numbers that no longer are exact
 */
export function decimalOf(value: unknown): string | undefined {
  const written = typeof value === 'number' ? exact(value) : typeof value === 'string' ? value.replace(/[\s$]/gu, '') : undefined;
  if (written === undefined || !/^[+-]?\d[\d.,]*$/u.test(written)) return undefined;
  const comma = written.lastIndexOf(',');
  const point = written.lastIndexOf('.');
  const decimalComma = comma > point && (point >= 0 || /,\d{1,2}$/u.test(written));
  const plain = decimalComma ? written.replace(/\./gu, '').replace(',', '.') : written.replace(/,/gu, '');
  const parts = /^([+-]?)(\d{1,15})(?:\.(\d*))?$/u.exec(plain);
  if (!parts) return undefined;
  const [, sign, whole = '0', fraction = ''] = parts;
  const rounded = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2)) + (Number(fraction[2] ?? 0) >= 5 ? 1n : 0n);
  return fromCents(sign === '-' ? -rounded : rounded);
}

function exact(value: number): string | undefined {
  return Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER / 100 ? value.toFixed(4) : undefined;
}
