import { folded } from '../customer-import/values.js';
import { addDays } from '../invoicing/month.js';
import { cents, fromCents } from '../money.js';
import { currencyNamedIn } from '../receipt/amount.js';
import type { ReceiptCountry } from '../receipt/receipt.js';
import { bareReference } from '../receipt/values.js';
import { bookedOn, isTooLarge, sideIn, signedAmountIn } from './cells.js';
import { payerIn, referencesIn } from './payer.js';
import type { ReadStatement, StatementField, StatementLine, StatementMapping, StatementProblem, StatementReturn } from './statement.js';

export interface StatementReading {
  country: ReceiptCountry;
  /** The account's, ISO 4217. */
  currency: string;
  /** `YYYY-MM-DD` where the company is. */
  today: string;
}

/** Banks book what came on a weekend for the next working day. */
const MOST_DAYS_AHEAD = 4;
const MOST_LETTERS = 500;
/** Rows that tell what is in the account, not what moved. */
const totals = /\b(?:saldos?|totales|total|subtotal|balance)\b/u;
/** Not a transfer whose payer wrote "saldo". */
const balances = /^saldos? (?:inicial|final|anterior|actual|disponible|contable|al |del |de |cierre)/u;
const returned = /\b(?:reversa|reverso|reversion|devoluci\p{L}*|devuelt\p{L}*|contracargo|rechaz\p{L}*|anulaci\p{L}*|extorno|contraasiento)\b/u;

/** A column's cell of a row; empty where there is none. */
type Cells = (field: StatementField) => string;
type Moved = { amount: bigint } | StatementProblem;

const words: readonly [RegExp, string][] = [[/d[oó]lar/iu, 'USD'], [/euro?s?\b/iu, 'EUR'], [/\bsol(?:es)?\b/iu, 'PEN']];
const currencyIn = (cell: string): string | undefined => currencyNamedIn(cell) ?? words.find(([word]) => word.test(cell))?.[1];

/** Signed cents: above zero came in. */
function moved(cells: Cells, { columns, decimal }: StatementMapping, { currency }: StatementReading): Moved {
  const told = (['amount', 'credit', 'debit'] as const).filter((field) => columns[field] !== undefined).map((field) => ({ field, cell: cells(field) }));
  const named = [cells('currency'), ...told.map(({ cell }) => cell)].map(currencyIn).find((one) => one !== undefined);
  if (named !== undefined && named !== currency) return 'other-currency';
  const read = told.map(({ field, cell }) => ({ field, is: signedAmountIn(cell, decimal) }));
  if (read.some(({ is }) => is === undefined)) return 'amount-unreadable';
  const full = read.filter(({ is }) => cents(is!) !== 0n);
  if (full.length === 0) return 'amount-missing';
  if (full.length > 1) return 'both';
  const [{ field, is }] = full as [{ field: 'amount' | 'credit' | 'debit'; is: string }];
  if (isTooLarge(is)) return 'too-large';
  const size = cents(is);
  if (field === 'debit') return { amount: size > 0n ? -size : size };
  if (field === 'credit' || columns.kind === undefined || size < 0n) return { amount: size };
  const side = sideIn(cells('kind'));
  return side === undefined ? 'kind-unknown' : { amount: side === 'credit' ? size : -size };
}

/** Nothing that moved: the bank's own lines above, between and below. */
function isAside(cells: Cells, row: readonly string[], amount: Moved): boolean {
  const on = cells('on');
  const hasAmount = amount !== 'amount-missing' && amount !== 'amount-unreadable';
  if (on === '' && !hasAmount) return true;
  const text = folded(row.join(' '));
  return totals.test(text) && (on === '' || amount === 'amount-missing' || balances.test(folded(cells('description'))));
}

type Movement = StatementReturn & { signed: bigint; payer: ReturnType<typeof payerIn>; known: string };

/** What is searched of a cell: in one line and no longer than banks write, as patterns take the longer the more of it is blank or broken. */
const looked = (cell: string): string => cell.slice(0, 2 * MOST_LETTERS).replace(/\s+/gu, ' ').trim().slice(0, MOST_LETTERS);

function movementOf(row: number, cells: Cells, signed: bigint, on: string, { country }: StatementReading): Movement {
  const [text, detail, reference, name, document] = (['description', 'detail', 'reference', 'payerName', 'payerDocument'] as const).map(cells) as [string, string, string, string, string];
  const said = looked([text, detail].filter((one) => one !== '').join(' · '));
  return {
    row, on, signed, amount: fromCents(signed < 0n ? -signed : signed),
    references: referencesIn({ column: looked(reference), text: said }, country),
    payer: payerIn({ name: looked(name), document: looked(document), text: said }, country),
    description: [text, detail, name, document, reference].filter((one, at, all) => one !== '' && all.indexOf(one) === at).join(' · ').slice(0, MOST_LETTERS),
    // In no order: a column that was mapped as the second text is the first one next time.
    known: [text, detail, reference, name, document].map((one) => bareReference(folded(one))).filter((one) => one !== '').sort().join('|'),
  };
}

/** A row as a movement, what is wrong with it, or nothing. */
function readRow(row: readonly string[], at: number, mapping: StatementMapping, reading: StatementReading): Movement | StatementProblem | undefined {
  const cells: Cells = (field) => (mapping.columns[field] === undefined ? '' : (row[mapping.columns[field]] ?? ''));
  const amount = moved(cells, mapping, reading);
  if (isAside(cells, row, amount)) return undefined;
  if (cells('on') === '') return 'on-missing';
  const on = bookedOn(cells('on'), { days: mapping.days, today: reading.today });
  if (on === undefined) return typeof amount === 'string' && !/\d/u.test(cells('on')) ? undefined : 'on-unreadable'; // a second header, a page's foot
  if (on > addDays(reading.today, MOST_DAYS_AHEAD)) return 'future';
  return typeof amount === 'string' ? amount : movementOf(at, cells, amount.amount, on, reading);
}

/**
 * Reads the rows behind the header. Each line's key counts equal ones of a day: what overlaps with another file is the same line there, and of
 * two equal payments each has its own.
 */
export function readStatement(rows: readonly (readonly string[])[], mapping: StatementMapping, reading: StatementReading): ReadStatement {
  const lines: StatementLine[] = [];
  const returns: StatementReturn[] = [];
  const problems: ReadStatement['problems'] = [];
  const debits = { count: 0, sum: 0n };
  const seen = new Map<string, number>();
  const days: string[] = [];
  for (let at = mapping.header + 1; at < rows.length; at += 1) {
    const read = readRow(rows[at]!, at, mapping, reading);
    if (read === undefined) continue;
    if (typeof read === 'string') {
      problems.push({ row: at, code: read });
      continue;
    }
    const { signed, payer, known, ...movement } = read;
    days.push(movement.on);
    if (signed < 0n) {
      debits.count += 1;
      debits.sum -= signed;
      if (returned.test(folded(movement.description))) returns.push(movement);
      continue;
    }
    const same = `${movement.on}|${movement.amount}|${known}`;
    const nth = (seen.get(same) ?? 0) + 1;
    seen.set(same, nth);
    lines.push({ ...movement, ...payer, key: `${same}|${nth}` });
  }
  days.sort();
  return {
    lines, returns, problems, debits: { count: debits.count, sum: fromCents(debits.sum) },
    sum: fromCents(lines.reduce((sum, { amount }) => sum + cents(amount), 0n)),
    ...(days.length > 0 ? { period: { from: days[0]!, to: days.at(-1)! } } : {}),
  };
}
