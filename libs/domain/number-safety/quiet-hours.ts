const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight on a wall clock of that zone. @throws RangeError for a zone that does not exist */
function minuteOfDay(nowMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })));
  return minutesOf(format.format(nowMs));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * Pure: when a quiet time that holds now is over; nothing while people may be written to.
 * @param quiet from and until as HH:MM; it may pass midnight
 * @returns ms since 1970, to the minute. Where the clock is put forward or back meanwhile it is an hour off, and asked again then.
 */
export function quietUntil(quiet: { from: string; until: string }, timeZone: string, nowMs: number): number | undefined {
  const [from, until] = [minutesOf(quiet.from), minutesOf(quiet.until)];
  if (from === until) return undefined;
  const now = minuteOfDay(nowMs, timeZone);
  const isQuiet = from < until ? now >= from && now < until : now >= from || now < until;
  if (!isQuiet) return undefined;
  const left = (until - now + DAY_MINUTES) % DAY_MINUTES;
  return Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + left * MINUTE_MS;
}
