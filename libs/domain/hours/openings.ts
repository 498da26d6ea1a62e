import { instantOf, localTimeOf } from '../time/local-time.js';
import { DAY_MINUTES, endOf, minutesOf, weekdayOf, type CompanyHours, type HoursException, type Span } from './hours.js';

/** Further ahead nobody is told when it opens. */
const MOST_DAYS = 400;
const MINUTE_MS = 60_000;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** Without a pause for longer than any week of spans allows: it never closes. */
const LONGEST_OPENING_MS = 8 * DAY_MS;
/** No zone's clocks have ever been put forward by more than this in one day without leaving the whole date out. */
const LONGEST_GAP_MINUTES = 180;

/** From the first moment to the one it closes at, both instants in ms since 1970. */
interface Opening {
  from: number;
  to: number;
}

/** `date` and how many days later, `YYYY-MM-DD`. */
export const dayAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The date that a zone's calendar shows at an instant. */
export const dateAt = (atMs: number, timeZone: string): string => localTimeOf(atMs, timeZone).slice(0, 10);

/** What is exceptional on a date, if anything. */
export const exceptionOn = (date: string, { exceptions }: CompanyHours): HoursException | undefined =>
  exceptions.find((one) => !one.yearly && one.date === date) ?? exceptions.find((one) => one.yearly && one.date.slice(5) === date.slice(5));

/** The spans that begin on a date. */
export function spansOn(date: string, hours: CompanyHours): readonly Span[] {
  return exceptionOn(date, hours)?.spans ?? hours.week[weekdayOf(date)];
}

/** Pure: whether the company attends at an instant (ms since 1970). @param timeZone IANA name, whose clocks `hours` means */
export function isOpen(atMs: number, hours: CompanyHours, timeZone: string): boolean {
  return openingAt(atMs, hours, timeZone) !== undefined;
}

/**
 * Pure: when the company attends next, in ms since 1970: `atMs` itself while it does.
 * Undefined where nothing opens within 400 days.
 */
export function nextOpening(atMs: number, hours: CompanyHours, timeZone: string): number | undefined {
  if (isOpen(atMs, hours, timeZone)) return atMs;
  const today = dateAt(atMs, timeZone);
  for (let day = 0; day <= MOST_DAYS; day++) {
    const ahead = openingsOn(dayAfter(today, day), hours, timeZone).map(({ from }) => from).filter((from) => from >= atMs);
    if (ahead.length > 0) return Math.min(...ahead);
  }
  return undefined;
}

/** Pure: until when it attends; spans that follow each other without a pause are one. Undefined while it does not, and where it never closes. */
export function closingAfter(atMs: number, hours: CompanyHours, timeZone: string): number | undefined {
  let closing: number | undefined;
  for (let next = openingAt(atMs, hours, timeZone); next; next = openingAt(next.to, hours, timeZone)) {
    if (next.to - atMs > LONGEST_OPENING_MS) return undefined;
    closing = next.to;
  }
  return closing;
}

/** The opening that an instant is in; it may have begun the day before. */
function openingAt(atMs: number, hours: CompanyHours, timeZone: string): Opening | undefined {
  const today = dateAt(atMs, timeZone);
  return [dayAfter(today, -1), today]
    .flatMap((date) => openingsOn(date, hours, timeZone))
    .find(({ from, to }) => from <= atMs && atMs < to);
}

/** The openings that begin on a date. One whose hours the clocks leave out altogether is none. */
function openingsOn(date: string, hours: CompanyHours, timeZone: string): Opening[] {
  return spansOn(date, hours)
    .map((span) => ({ from: instantAt(date, minutesOf(span.from), timeZone), to: instantAt(date, endOf(span), timeZone) }))
    .filter(({ from, to }) => from < to);
}

/**
 * When a zone's clocks show so many minutes after the midnight that a date begins with. Where they leave that time out, it is when they go on; of a time
 * that comes twice, the first.
 */
function instantAt(date: string, minutes: number, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00Z`) + minutes * MINUTE_MS;
  for (let ahead = 0; ahead <= LONGEST_GAP_MINUTES; ahead++) {
    const instant = instantOf(new Date(asUtc + ahead * MINUTE_MS).toISOString().slice(0, 16), timeZone);
    if (instant !== undefined) return instant;
  }
  return instantAt(dayAfter(date, 1), minutes % DAY_MINUTES, timeZone); // a date that the calendar left out (Samoa, 2011-12-30)
}
