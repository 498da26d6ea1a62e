/** When a company attends, as its clocks show it: several spans a weekday, and dates that are otherwise. */

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** `HH:MM`; `to` up to `24:00`. One that ends at or before it begins goes on past midnight, until noon at the latest. */
export interface Span {
  from: string;
  to: string;
}

/** A date whose own spans stand in for those of its weekday: none of them, and it is closed. */
export interface HoursException {
  /** `YYYY-MM-DD` */
  date: string;
  /** Each year on that day and month. A date that is named once goes before one of each year. */
  yearly: boolean;
  /** "Navidad", "Inventario": what people are told. */
  name: string;
  spans: Span[];
}

export interface CompanyHours {
  week: Record<Weekday, Span[]>;
  exceptions: HoursException[];
}

export const MOST_SPANS = 6;
export const MOST_EXCEPTIONS = 200;

/** Where something is wrong: a weekday's name, or an exception's date. */
export interface HoursProblem {
  code: 'time-wrong' | 'span-empty' | 'span-backwards' | 'spans-overlap' | 'date-wrong' | 'date-twice';
  at: string;
}

const time = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const NOON = 12 * 60;
export const DAY_MINUTES = 24 * 60;

/** "08:30" → 510. @param clock `HH:MM` up to `24:00` */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The end in minutes since the beginning of the span's day: above 1440 past midnight. */
export const endOf = ({ from, to }: Span): number => (minutesOf(to) <= minutesOf(from) ? minutesOf(to) + DAY_MINUTES : minutesOf(to));

/** Whether a text is a day that the calendar has. */
export const isDate = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(`${date}T00:00Z`)) && new Date(`${date}T00:00Z`).toISOString().startsWith(date);

/** The weekday of a date. */
export const weekdayOf = (date: string): Weekday => weekdays[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7]!;

/** What is wrong with hours, all of it; nothing: they may be kept. */
export function problemsOf({ week, exceptions }: CompanyHours): HoursProblem[] {
  return [
    ...weekdays.flatMap((day) => problemsOfSpans(week[day], day)),
    ...weekdays.flatMap((day, i) => (runsInto(week[day], week[weekdays[(i + 1) % 7]!]) ? [{ code: 'spans-overlap' as const, at: day }] : [])),
    ...exceptions.flatMap(({ date, spans }) => (isDate(date) ? problemsOfSpans(spans, date) : [{ code: 'date-wrong' as const, at: date }])),
    ...twice(exceptions),
  ];
}

function problemsOfSpans(spans: readonly Span[], at: string): HoursProblem[] {
  const own = spans.flatMap((span) => problemOfSpan(span) ?? []).map((code) => ({ code, at }));
  if (own.length > 0) return own;
  const sorted = [...spans].sort((one, other) => minutesOf(one.from) - minutesOf(other.from));
  const overlaps = sorted.some((span, i) => i > 0 && endOf(sorted[i - 1]!) > minutesOf(span.from));
  return overlaps ? [{ code: 'spans-overlap', at }] : [];
}

function problemOfSpan({ from, to }: Span): HoursProblem['code'] | undefined {
  if (!time.test(from) || !time.test(to) || from === '24:00') return 'time-wrong';
  if (from === to) return 'span-empty';
  return minutesOf(to) < minutesOf(from) && minutesOf(to) > NOON ? 'span-backwards' : undefined;
}

/** Whether a day's last span goes on into the next day's first one. */
function runsInto(spans: readonly Span[], next: readonly Span[]): boolean {
  if ([...spans, ...next].some(problemOfSpan)) return false; // told already
  const over = Math.max(0, ...spans.map((span) => endOf(span) - DAY_MINUTES));
  return next.some(({ from }) => minutesOf(from) < over);
}

function twice(exceptions: readonly HoursException[]): HoursProblem[] {
  const keys = exceptions.map(({ date, yearly }) => (yearly ? date.slice(5) : date));
  return exceptions.filter((_, i) => keys.indexOf(keys[i]!) < i).map(({ date }) => ({ code: 'date-twice', at: date }));
}
