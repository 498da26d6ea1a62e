const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Waits between tries. A file is wanted soon: its notice waits for it, and its day is short. A system that does not hear what became of
 * its notices is told for a day and a half.
 */
const waits = {
  file: [10 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS],
  callback: [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS, 12 * HOUR_MS, 12 * HOUR_MS],
} as const;

/** Pure: after how long to try again, in ms; undefined: no more. @param attempts that came to nothing, from 1 */
export const nextTryMs = (attempts: number, of: keyof typeof waits): number | undefined => waits[of][attempts - 1];
