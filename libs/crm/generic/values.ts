import type { DateFormat, Field } from './description.js';
import { readPath } from './path.js';

/** Why a value of an answer could not be read. The screen has words for each. */
export type ValueProblem =
  | 'missing' | 'not-text' | 'not-an-amount' | 'ambiguous-amount' | 'not-a-date' | 'not-a-number' | 'not-a-list' | 'unknown-value';

export type Read<T> = { ok: true; value: T } | { ok: false; problem: ValueProblem; /** As it came; only `unknown-value` and amounts and dates have it. */ said?: string };

const fine = <T>(value: T): Read<T> => ({ ok: true, value });
const wrong = (problem: ValueProblem, said?: string): Read<never> => ({ ok: false, problem, ...(said === undefined ? {} : { said: said.slice(0, 60) }) });
const MISSING = wrong('missing');

/** A scalar as text; undefined: nothing is there. @returns null for what is no scalar */
function plain(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
}

/** Every text at the field's paths, in their order. */
export function textsOf(field: Field, row: unknown): Read<string[]> {
  const texts = field.from.flatMap((path) => readPath(path, row)).flatMap((found) => (Array.isArray(found) ? found : [found]) as unknown[]).map(plain);
  if (texts.includes(null)) return wrong('not-text');
  return fine(texts.filter((text): text is string => typeof text === 'string'));
}

/** The first text that is there. */
export function textOf(field: Field, row: unknown): Read<string> {
  const texts = textsOf(field, row);
  if (!texts.ok) return texts;
  return texts.value[0] === undefined ? MISSING : fine(texts.value[0]);
}

/** All texts as one: first and last name, street and number. */
export function joinedOf(field: Field, row: unknown): Read<string> {
  const texts = textsOf(field, row);
  if (!texts.ok) return texts;
  return texts.value.length === 0 ? MISSING : fine(texts.value.join(' '));
}

/** Cents, rounded half up, of whole digits and decimals. */
function money(negative: boolean, whole: string, decimals: string): string {
  const cents = BigInt(whole + decimals.padEnd(2, '0').slice(0, 2)) + (decimals.charAt(2) >= '5' ? 1n : 0n);
  const digits = String(cents).padStart(3, '0');
  return `${negative && cents > 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const isGrouped = (parts: readonly string[]): boolean => /^\d{1,3}$/u.test(parts[0]!) && parts.slice(1).every((part) => part.length === 3);

/** Which of the marks in "1.234,50" is the decimal one; `''`: none of them; undefined: it cannot be told. */
function decimalMark(digits: string): string | undefined {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return '';
  const mark = digits[last]!;
  const others = digits.replaceAll(mark, '');
  if (/[.,]/u.test(others)) return mark; // two kinds: the last is the decimal one
  if (digits.split(mark).length > 2) return '';
  return isGrouped(digits.split(mark)) && !/^0/u.test(digits) ? undefined : mark;
}

/**
 * A decimal amount as people and systems write it in Latin America: `$ 1.234,50`, `1,234.50`, `S/. 12`, `-500`, `12.5`.
 * "1.234" alone may be a thousand or one: unless the description says which mark is the decimal one, it is refused.
 */
export function amountIn(text: string, decimal: '.' | ',' | 'auto' = 'auto'): Read<string> {
  const found = /^([^\d]*?)((?:\d[\d.,' \u00a0\u202f]*)?\d)([^\d]*)$/u.exec(text.trim());
  if (!found || !/^[^\d-]*-?[^\d-]*$/u.test(found[1]!) || /[-\d]/u.test(found[3]!)) return wrong('not-an-amount', text);
  const digits = found[2]!.replace(/[' \u00a0\u202f]/gu, '');
  const mark = decimal === 'auto' ? decimalMark(digits) : decimal;
  if (mark === undefined) return wrong('ambiguous-amount', text);
  const [whole = '', decimals = '', ...more] = mark === '' ? [digits] : digits.split(mark);
  const groups = whole.split(/[.,]/u);
  if (more.length > 0 || /[.,]/u.test(decimals) || (groups.length > 1 && !isGrouped(groups))) return wrong('not-an-amount', text);
  return fine(money(found[1]!.includes('-'), groups.join(''), decimals));
}

/** Money as a decimal string with cents. What is a number in JSON has its own decimal point, whatever the description says. */
export function amountOf(field: Field, row: unknown): Read<string> {
  const numeric = field.from.flatMap((path) => readPath(path, row)).find((value) => plain(value) !== undefined);
  const text = textOf(field, row);
  if (!text.ok) return text;
  const read = amountIn(text.value, typeof numeric === 'number' ? '.' : field.decimal);
  if (!read.ok || field.negate !== true) return read;
  const amount = read.value;
  return fine(amount === '0.00' ? amount : amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
}

/** "-19,5 dBm" → -19.5 */
export function numberOf(field: Field, row: unknown): Read<number> {
  const text = textOf(field, row);
  if (!text.ok) return text;
  const found = /^(-?\d{1,9}(?:[.,]\d{1,6})?)(?:\s*[\p{L}/%]+)?$/u.exec(text.value);
  return found ? fine(Number(found[1]!.replace(',', '.'))) : wrong('not-a-number', text.value);
}

/** Which of our words a vendor's word stands for, by the description's table. */
export function choiceOf<C extends string>(field: Field, row: unknown): Read<C> {
  const text = textOf(field, row);
  if (!text.ok && text.problem !== 'missing') return text;
  const said = text.ok ? text.value : '';
  const chosen = Object.entries(field.values ?? {}).find(([, words]) => words.some((word) => word.trim().toLowerCase() === said.toLowerCase()));
  const choice = chosen?.[0] ?? field.otherwise;
  return choice === undefined ? (text.ok ? wrong('unknown-value', said) : MISSING) : fine(choice as C);
}

const shapes: Record<Exclude<DateFormat, 'unix' | 'unix-ms'>, RegExp> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?=$|[T ])/u,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})(?=$|[T ])/u,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})(?=$|[T ])/u,
  'DD-MM-YYYY': /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})(?=$|[T ])/u,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})(?=$|[T ])/u,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/u,
};

function dayIn(text: string, format: DateFormat): string | undefined {
  if (format === 'unix' || format === 'unix-ms') {
    if (!/^\d{9,13}$/u.test(text)) return undefined;
    return new Date(Number(text) * (format === 'unix' ? 1_000 : 1)).toISOString().slice(0, 10);
  }
  const { y, m, d } = shapes[format].exec(text)?.groups ?? {};
  if (y === undefined || m === undefined || d === undefined) return undefined;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day) ? undefined : day;
}

const DATES: readonly DateFormat[] = ['YYYY-MM-DD', 'DD/MM/YYYY'];
/** How systems write "no date". */
const NO_DATE = /^(?:0000-00-00|00\/00\/0000|-)/u;

/** `YYYY-MM-DD`, by the first of the description's formats that fits. */
export function dateOf(field: Field, row: unknown): Read<string> {
  const text = textOf(field, row);
  if (!text.ok) return text;
  if (NO_DATE.test(text.value)) return MISSING;
  for (const format of field.formats ?? DATES) {
    const day = dayIn(text.value, format);
    if (day !== undefined) return fine(day);
  }
  return wrong('not-a-date', text.value);
}

/** An ISO instant: only what says its offset is one, as nobody knows the clock of the system. */
export function instantOf(field: Field, row: unknown): Read<string> {
  const text = textOf(field, row);
  if (!text.ok) return text;
  const seconds = /^\d{9,10}$/u.test(text.value);
  if (seconds || /^\d{13}$/u.test(text.value)) return fine(new Date(Number(text.value) * (seconds ? 1_000 : 1)).toISOString());
  const isInstant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/u.test(text.value);
  const at = isInstant ? new Date(text.value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? fine(at.toISOString()) : wrong('not-a-date', text.value);
}

/** The rows of a list within a row. */
export function rowsOf(field: Field, row: unknown): Read<unknown[]> {
  const [found] = field.from.flatMap((path) => readPath(path, row));
  if (found === undefined || found === null) return fine([]);
  return Array.isArray(found) ? fine(found as unknown[]) : wrong('not-a-list');
}
