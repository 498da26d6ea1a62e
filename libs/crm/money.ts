import { sumOf } from '../domain/money.js';

/** Whether what follows the last separator are decimals: of two kinds the last is the decimal one, one alone unless it groups thousands. */
function hasDecimals(whole: string, separator: string, after: string): boolean {
  if (whole.includes(separator === ',' ? '.' : ',')) return true;
  const groupsThousands = after.length === 3 && /^-?[1-9]\d{0,2}$/u.test(whole);
  return !whole.includes(separator) && !groupsThousands;
}

/**
 * The decimal string, with two decimals, of what a system writes: "15000.00", "15000", "$ 15,000.50", "15.000,50", "15.000" (thousands).
 * Undefined for what is no amount.
 */
export function decimal(written: string): string | undefined {
  const plain = written.replace(/\s/gu, '').replace(/^(-?)[^\d.,-]+/u, '$1');
  if (!/^-?(?:\d[\d.,]*|[.,]\d+)$/u.test(plain)) return undefined;
  const last = plain.search(/[.,](?=\d*$)/u);
  if (last < 0) return sumOf([plain]);
  const [whole, after] = [plain.slice(0, last), plain.slice(last + 1)];
  const digits = whole.replace(/[.,]/gu, '') || '0';
  return sumOf([hasDecimals(whole, plain[last]!, after) ? `${digits}.${after}` : digits + after]);
}
