import type { ReceiptCountry } from './receipt.js';

/** Which mark separates cents: `.` in Mexico, Peru and Ecuador, `,` in Argentina, Colombia and Chile. */
const decimalComma: Readonly<Record<ReceiptCountry, boolean>> = { AR: true, CO: true, CL: true, MX: false, PE: false, EC: false };

/** The mark that separates cents in a country. */
export const decimalMarkIn = (country: ReceiptCountry): ',' | '.' => (decimalComma[country] ? ',' : '.');

const currencyOf: Readonly<Record<ReceiptCountry, string>> = { AR: 'ARS', CO: 'COP', CL: 'CLP', MX: 'MXN', PE: 'PEN', EC: 'USD' };

/** The currency that a country's receipts mean by `$` (or by no sign at all): ISO 4217. */
export const currencyIn = (country: ReceiptCountry): string => currencyOf[country];

/** `S/`, also as a reader of characters sees it. */
const soles = /(?:^|\s)S\s?[/I|l]\s?\.?(?=\s?\d)/u;
const named = /\b(ARS|MXN|PEN|COP|CLP|USD|UYU|BRL)\b|U\$S|US\$/iu;

/** The currency that a line names itself, if it does. */
export function currencyNamedIn(text: string): string | undefined {
  if (soles.test(text)) return 'PEN';
  const found = named.exec(text)?.[0].toUpperCase();
  return found === 'U$S' || found === 'US$' ? 'USD' : found;
}

/**
 * An amount as somebody printed it → decimal string with two places. The last separator with exactly two digits behind it separates cents; with
 * three digits behind each it separates thousands; what could be either is settled by the country.
 * @returns undefined for what is no amount
 */
export function readAmount(printed: string, country: ReceiptCountry): string | undefined {
  const text = printed.replace(/[\s'’]/gu, '').replace(/[Oo]/gu, '0').replace(/[,.]$/u, '');
  const parts = /^(\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?:([.,])(\d{1,2}))?$/u.exec(text);
  if (!parts) return undefined;
  const [, whole = '', separator, cents = ''] = parts;
  const grouping = new Set(whole.match(/[.,]/gu) ?? []);
  if (grouping.size > 1 || (separator !== undefined && grouping.has(separator))) return undefined;
  const usual = decimalComma[country] ? ',' : '.';
  // "12,345" in a country of decimal commas is twelve and a bit only if somebody prints three decimals: nobody does.
  if (separator !== undefined && cents.length === 1 && separator !== usual) return undefined;
  return `${whole.replace(/[.,]/gu, '').replace(/^0+(?=\d)/u, '')}.${cents.padEnd(2, '0')}`;
}

export interface FoundAmount {
  /** Decimal string with two places. */
  amount: string;
  /** A sign or name of a currency stands beside it. */
  isMarked: boolean;
}

const marked = /(?:[$]|(?<![\p{L}\d])S(?:\s?[/I|l])?|\b(?:ARS|MXN|PEN|COP|CLP|USD)\b)\s?\.?\s?(\d[\d.,'’ ]*\d|\d)/giu;
const bare = /(?<![\d.,/:*-])\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{2})?(?![\d/:*-])/gu;

/** All amounts of a line: those beside a currency, or else bare numbers with the look of money. */
export function amountsIn(text: string, country: ReceiptCountry): FoundAmount[] {
  const withSign = [...text.matchAll(marked)].flatMap((found) => readAmount(tidy(found[1]!), country) ?? []);
  if (withSign.length > 0) return withSign.map((amount) => ({ amount, isMarked: true }));
  const looksLikeMoney = (number: string) => /[.,]\d{2}$|^\d{1,3}(?:[.,]\d{3})+/u.test(number);
  return (text.match(bare) ?? []).filter(looksLikeMoney).flatMap((number) => {
    const amount = readAmount(number, country);
    return amount === undefined ? [] : [{ amount, isMarked: false }];
  });
}

/** "24 .900, 00" → "24.900,00": spaces that a reader of characters puts between digits and marks. A space between digits ends the number. */
function tidy(text: string): string {
  const joined = text.replace(/\s*([.,])\s*/gu, '$1');
  const small = /^(\d{1,3}(?:[.,]\d{3})*) (\d{2})$/u.exec(joined); // cents in small, raised letters: "24.900 00"
  if (small) return `${small[1]}${small[1]!.includes('.') || !small[1]!.includes(',') ? ',' : '.'}${small[2]}`;
  return joined.split(' ')[0]!;
}
