/** Amounts are decimal strings ("18900.50"); sums are made in whole cents, exact, never in floats. */

/** "18900.5" → 1890050n; more than two places are cut. @throws SyntaxError for what is no decimal number */
export function cents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const size = BigInt(whole.replace('-', '')) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return whole.startsWith('-') ? -size : size;
}

/** 1890050n → "18900.50" */
export function fromCents(total: bigint): string {
  const size = total < 0n ? -total : total;
  return `${total < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

/** Sum of decimal amounts. */
export const sumOf = (amounts: readonly string[]): string => fromCents(amounts.reduce((before, amount) => before + cents(amount), 0n));
