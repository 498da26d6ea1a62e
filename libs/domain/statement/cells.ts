import { folded } from '../customer-import/values.js';
import { isDay } from '../invoicing/month.js';
import { fromCents } from '../money.js';
import { monthOf } from '../receipt/moment.js';
import type { StatementMapping } from './statement.js';

type Decimal = StatementMapping['decimal'];

/** Ten digits before the cents: what a column of amounts holds. */
const MOST_CENTS = 999_999_999_999n;
const signs = /ARS|MXN|PEN|COP|CLP|USD|AR\$|MX\$|U\$S|US\$|S\/\.?|\$/giu;

/**
 * An amount as a bank writes it: "1.234,56", "$ 1,234.56", "(1.234,56)", "1.234,56-", "500.00 CR", "$ -".
 * @param decimal what separates cents in this file; "1.234" is a thousand and something in one with commas, and unreadable in one with points
 * @returns signed decimal string; "0.00" for an empty cell or a dash; `too-large`; undefined for what is no amount
 */
export function signedAmountIn(text: string, decimal: Decimal): string | undefined {
  let bare = text.replace(/[\s'’]/gu, '').replace(/[−–—]/gu, '-').replace(signs, '');
  const marks: boolean[] = []; // true: a minus
  const take = (pattern: RegExp, isMinus: boolean) => {
    const found = pattern.exec(bare);
    if (!found) return;
    marks.push(isMinus);
    bare = found[1]!;
  };
  take(/^\((.*)\)$/u, true);
  take(/^-(.*)$/u, true);
  take(/^\+(.*)$/u, false);
  take(/^(.*\d)-$/u, true);
  take(/^(.*\d)\+$/u, false);
  take(/^(.*\d)(?:CR|C|HABER)$/iu, false);
  take(/^(.*\d)(?:DB|DR|D|DEBE)$/iu, true);
  if (bare === '') return '0.00';
  const size = centsIn(bare, decimal);
  if (size === undefined || marks.length > 1) return undefined;
  return fromCents(marks[0] ? -size : size);
}

/** Whether an amount is more than a row can hold. */
export const isTooLarge = (amount: string): boolean => BigInt(amount.replace(/[.-]/gu, '')) > MOST_CENTS;

/** Which mark an amount shows to separate cents; undefined: it could be either. */
function markOf(bare: string): Decimal | undefined {
  const marks = bare.match(/[.,]/gu) ?? [];
  const last = marks.at(-1) as Decimal | undefined;
  if (last === undefined) return undefined;
  const behind = bare.length - bare.lastIndexOf(last) - 1;
  if (new Set(marks).size === 2) return last;
  if (marks.length === 1 && (behind === 1 || behind === 2)) return last;
  return /^\d{1,3}([.,]\d{3})+$/u.test(bare) ? (last === '.' ? ',' : '.') : undefined;
}

/** By what separates cents. */
const written: Readonly<Record<Decimal, RegExp>> = {
  ',': /^(\d*|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?$/u,
  '.': /^(\d*|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/u,
};

function centsIn(bare: string, decimal: Decimal): bigint | undefined {
  const marks = bare.match(/[.,]/gu) ?? [];
  const shown = marks.length > 0 ? markOf(bare) : decimal;
  if (shown === undefined) return undefined;
  // One mark with three digits behind it says nothing by itself: where it is the file's own for cents, it is no amount.
  if (marks.length === 1 && shown !== marks[0] && marks[0] === decimal) return /^[0.,]+$/u.test(bare) ? 0n : undefined;
  const parts = written[shown].exec(bare);
  const [, whole = '', places = ''] = parts ?? [];
  return parts && whole + places !== '' ? BigInt(whole.replace(/[.,]/gu, '') || '0') * 100n + BigInt(places.padEnd(2, '0')) : undefined;
}

/** What separates cents in a column; the country's way where the column does not say. */
export function decimalOf(cells: readonly string[], usual: Decimal): Decimal {
  const votes = { ',': 0, '.': 0 };
  for (const cell of cells) {
    const mark = markOf(cell.replace(signs, '').replace(/[^\d.,]/gu, ''));
    if (mark !== undefined) votes[mark] += 1;
  }
  return votes[','] === votes['.'] ? usual : votes[','] > votes['.'] ? ',' : '.';
}

const credits = /^(?:c|cr|h|\+|nc|n\/c|haber|(?:cred|abono|ingres|entrada|deposit|acredit|nota de cr)\p{L}*(?: .*)?)$/u;
const debits = /^(?:d|db|dr|-|nd|n\/d|debe|(?:deb|cargo|egres|salida|retiro|nota de d)\p{L}*(?: .*)?)$/u;

/** "C", "Abono", "Nota de débito" → which way the money went. */
export function sideIn(cell: string): 'credit' | 'debit' | undefined {
  const bare = folded(cell);
  return credits.test(bare) ? 'credit' : debits.test(bare) ? 'debit' : undefined;
}

const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets; their days from 2000 to 2100. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const [FIRST_SERIAL, LAST_SERIAL] = [36_526, 73_050];

const made = (year: string | number, month: string | number | undefined, day: string | number): string | undefined => {
  const full = String(year).length === 2 ? `20${year}` : String(year);
  const text = `${full}-${String(month ?? 0).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
};

const weekday = /^(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom)\p{L}*[.,]?\s+(?=\d{1,2}[-/.]\d)/iu;

/**
 * A day as a bank writes it: "05/11/2026", "2026-11-05 10:12", "05-NOV-26", "5 nov", "20261105", 46331 (a spreadsheet's). One without a year is the
 * last that is not to come.
 * @param today `YYYY-MM-DD`
 */
export function bookedOn(text: string, { days, today }: { days: StatementMapping['days']; today: string }): string | undefined {
  const bare = text.trim().replace(weekday, '');
  const year = Number(today.slice(0, 4));
  const lately = (month: string | number | undefined, day: string | number) => [year, year - 1].map((each) => made(each, month, day)).find((on) => on !== undefined && on <= today);
  const ordered = (first: string, second: string): [month: string, day: string] => (days === 'day-first' ? [second, first] : [first, second]);
  const ways: [RegExp, (parts: string[]) => string | undefined][] = [
    [/^(\d{5})(?:\.\d+)?$/u, ([serial]) => (Number(serial) < FIRST_SERIAL || Number(serial) > LAST_SERIAL ? undefined : new Date(EPOCH_MS + Number(serial) * DAY_MS).toISOString().slice(0, 10))],
    [/^(20\d{2})(\d{2})(\d{2})$/u, ([y, m, d]) => made(y!, m, d!)],
    [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/u, ([y, m, d]) => made(y!, m, d!)],
    [/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ,].*)?$/u, ([first, second, y]) => made(y!, ...ordered(first!, second!))],
    [/^(\d{1,2})[-/]?(?:\s|de\s)*[-/]?(\p{L}{3,10})\.?[-/]?(?:\s|del?\s)*(\d{4}|\d{2})?(?:[T ,].*)?$/iu, ([d, word, y]) => (y === undefined ? lately(monthOf(word!), d!) : made(y, monthOf(word!), d!))],
    [/^(\p{L}{3,10})\.?[-/ ](\d{1,2})(?:,?[-/ ](\d{4}))?(?:[T ,].*)?$/iu, ([word, d, y]) => (y === undefined ? lately(monthOf(word!), d!) : made(y, monthOf(word!), d!))],
    [/^(\d{1,2})[-/](\d{1,2})$/u, ([first, second]) => lately(...ordered(first!, second!))],
  ];
  for (const [pattern, read] of ways) {
    const found = pattern.exec(bare);
    if (found) return read(found.slice(1));
  }
  return undefined;
}

/** Whether a column's days have the month first: only where one of them can be read no other way. */
export function dayOrderOf(cells: readonly string[]): StatementMapping['days'] {
  const pairs = cells.flatMap((cell) => {
    const found = /^\s*(\d{1,2})[-/.](\d{1,2})(?:[-/.]|$)/u.exec(cell);
    return found ? [[Number(found[1]), Number(found[2])] as const] : [];
  });
  return pairs.some(([, second]) => second > 12) && !pairs.some(([first]) => first > 12) ? 'month-first' : 'day-first';
}
