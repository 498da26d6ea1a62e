import type { Money } from '../customers.js';

/** How a company writes money and dates. */
export interface Manner {
  timeZone: string;
  locale: string;
  currency: string;
}

/** "$ 18.900,50", "$ 18.900": Intl takes the decimal string as it is, without a float in between. */
export function formatMoney(money: Money, manner: Manner): string {
  const format = new Intl.NumberFormat(manner.locale, {
    style: 'currency',
    currency: money.currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  return plainSpaces(format.format(money.amount as Intl.StringNumericLiteral));
}

/** "10 de diciembre", with the year when it is not the present one. `date`: `YYYY-MM-DD`, which has no zone. */
export function formatDate(date: string, today: string, manner: Manner): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric';
  const format = new Intl.DateTimeFormat(manner.locale, { day: 'numeric', month: 'long', year, timeZone: 'UTC' });
  return plainSpaces(format.format(Date.parse(`${date}T00:00:00Z`)));
}

/** "21 de noviembre, 14:32" in the company's time zone. */
export function formatInstant(instant: string, manner: Manner): string {
  const parts = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return plainSpaces(
    new Intl.DateTimeFormat(manner.locale, { ...parts, timeZone: manner.timeZone }).format(Date.parse(instant)),
  );
}

/** "a las 14:05" of today, "el 21 de noviembre a las 14:32" of another day. */
export function formatMoment(instant: string, nowMs: number, manner: Manner): string {
  const atMs = Date.parse(instant);
  if (dateAt(atMs, manner) !== dateAt(nowMs, manner)) return `el ${formatInstant(instant, manner)}`;
  const clock = new Intl.DateTimeFormat(manner.locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: manner.timeZone });
  return `a las ${clock.format(atMs)}`;
}

/** The company's date at an instant, `YYYY-MM-DD`. */
export function dateAt(nowMs: number, manner: Manner): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: manner.timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(nowMs);
}

/** Whole days from one `YYYY-MM-DD` to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function isPositive(money: Money): boolean {
  return !money.amount.trim().startsWith('-') && /[1-9]/u.test(money.amount);
}

/** Intl separates with no-break spaces, which nobody's search for "$ 18.900" finds. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/gu, ' ');
}
