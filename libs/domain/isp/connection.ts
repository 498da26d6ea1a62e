/** How an ISP's system is reached, besides its address and keys. Ranges are those of the columns of `isp_connections`. */
export interface ConnectionLimits {
  /** How long one question may take, in milliseconds: their panels are slow while they bill. */
  limitMs: number;
  /** Requests a second and at a time, of each of our processes: a system that serves an ISP's own people, too, is not to notice us. */
  perSecond: number;
  atOnce: number;
  /** Requests that we allow ourselves a day and a month; absent: as many as it takes. ISPCube bills by the request. */
  budgetDay?: number;
  budgetMonth?: number;
  /** On which day of the month the month's budget begins, 1–28: a vendor's month need not be ours. */
  monthStartsOn: number;
}

/** 10 s, 2 requests a second: research/external-apis.md §0.2 and §4.1. */
export const defaultLimits: ConnectionLimits = { limitMs: 10_000, perSecond: 2, atOnce: 4, monthStartsOn: 1 };

export const limitRanges = {
  limitMs: { least: 1_000, most: 60_000 }, perSecond: { least: 1, most: 50 }, atOnce: { least: 1, most: 20 }, monthStartsOn: { least: 1, most: 28 },
} as const;

/** A line is measured for about a minute, in milliseconds. */
export const SPEED_TEST_MS = 90_000;
/** As long as any question may take, in milliseconds: a line, or a document, which has twice the connection's time. Whoever waits for one waits longer. */
export const LONGEST_ASK_MS = Math.max(SPEED_TEST_MS, 2 * limitRanges.limitMs.most);

/**
 * The first day of the month's budget that `day` is in.
 * @param day `YYYY-MM-DD`
 * @param startsOn 1–28
 */
export function budgetMonthFrom(day: string, startsOn: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const from = new Date(Date.UTC(year, date >= startsOn ? month - 1 : month - 2, startsOn));
  return from.toISOString().slice(0, 10);
}

/** The part of a secret that is shown to recognise it by: its end, and nothing of one that is short. */
export const secretEnding = (secret: string): string => (secret.length >= 12 ? secret.slice(-4) : '');
