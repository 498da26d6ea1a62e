import { normalize } from '../text/normalize.js';
import type { PaidAt } from './receipt.js';

const months = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
/** September is also "set" in Peru; OCR often reads the English names of phones set to English. */
const otherNames: Readonly<Record<string, number>> = { set: 9, jan: 1, apr: 4, aug: 8, dec: 12 };

/** "noviembre", "NOV", "sept." → its number. */
export const monthOf = (word: string): number | undefined => {
  const start = normalize(word).slice(0, 3);
  const at = months.indexOf(start);
  return at >= 0 ? at + 1 : otherNames[start];
};

/** Latin America writes the day first; `2026-03-02` is the only form with the year first. */
const numeric = /(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?!\d)/u;
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/u;
const worded = /(?<!\d)(\d{1,2})\s*(?:de\s+|[/.-]\s*)?(\p{L}{3,10})\.?\s*(?:,|de|del|[/.-])?\s*(\d{4})(?!\d)/iu;
const monthFirst = /(?<!\p{L})(\p{L}{3,10})\.?\s+(\d{1,2}),?\s+(?:de\s+)?(\d{4})(?!\d)/iu;
const withoutYear = /(?<!\d)(\d{1,2})\s*(?:de\s+|[/.-]\s*)?(\p{L}{3,10})(?!\p{L})/iu;
const clock = /(?<![\d:.])(\d{1,2})\s?[:.]\s?(\d{2})(?:[:.]\d{2})?\s*(?:(?:hs?|hrs?)\b\.?|([ap])\.?\s?(?:m\b\.?|$))?/giu;

function dateOf(year: number, month: number | undefined, day: number): string | undefined {
  if (month === undefined) return undefined;
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const real = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== text ? undefined : text;
}

const fullYear = (digits: string): number => (digits.length === 2 ? 2000 + Number(digits) : Number(digits));

interface Found {
  on: string;
  yearGuessed?: true;
  /** The line without the date. */
  rest: string;
}

function dateIn(line: string, today: string): Found | undefined {
  const without = (match: RegExpExecArray) => `${line.slice(0, match.index)} ${line.slice(match.index + match[0].length)}`;
  const tries: [RegExp, (parts: string[]) => string | undefined][] = [
    [iso, ([year, month, day]) => dateOf(Number(year), Number(month), Number(day))],
    [numeric, ([day, month, year]) => dateOf(fullYear(year!), Number(month), Number(day))],
    [worded, ([day, month, year]) => dateOf(Number(year), monthOf(month!), Number(day))],
    [monthFirst, ([month, day, year]) => dateOf(Number(year), monthOf(month!), Number(day))],
  ];
  for (const [pattern, read] of tries) {
    const match = pattern.exec(line);
    const on = match && read(match.slice(1));
    if (match && on !== undefined && on !== null) return { on, rest: without(match) };
  }
  const match = withoutYear.exec(line);
  const month = match ? monthOf(match[2]!) : undefined;
  if (!match || month === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  const on = [year, year - 1].map((each) => dateOf(each, month, Number(match[1]))).find((date) => date !== undefined && date <= today);
  return on === undefined ? undefined : { on, yearGuessed: true, rest: without(match) };
}

/** "6:05 p. m." → "18:05" */
function timeIn(line: string): string | undefined {
  for (const [, hour = '', minute = '', half] of line.matchAll(clock)) {
    const of12 = Number(hour) % 12;
    const of24 = half === undefined ? Number(hour) : half.toLowerCase() === 'p' ? of12 + 12 : of12;
    if (of24 < 24 && Number(minute) < 60) return `${String(of24).padStart(2, '0')}:${minute}`;
  }
  return undefined;
}

/**
 * The moment that a line names: a date, with the time beside it or in the line after it.
 * @param today `YYYY-MM-DD`, for dates without a year
 */
export function momentIn(line: string, today: string, next = ''): PaidAt | undefined {
  const date = dateIn(line, today);
  if (!date) return undefined;
  const at = timeIn(date.rest) ?? (dateIn(next, today) ? undefined : timeIn(next));
  return { on: date.on, ...(at === undefined ? {} : { at }), ...(date.yearGuessed ? { yearGuessed: true } : {}) };
}

/** Whole days between two dates, `YYYY-MM-DD`; positive when the second is later. */
export const daysFrom = (one: string, other: string): number => Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);

