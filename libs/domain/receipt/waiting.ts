const MINUTE_MS = 60_000;

/** When a source that has not said yet is asked again, minutes since the receipt was read: soon, then rarely, for a little more than a day. */
const LOOKS = [1, 6, 36, 96, 216, 456, 936, 1656] as const;

/**
 * In how many milliseconds the sources are asked again, statement, platform and ISP's system alike; undefined when they had their time and a
 * person decides.
 */
export function nextLookMs(readAtMs: number, nowMs: number): number | undefined {
  const next = LOOKS.map((minutes) => readAtMs + minutes * MINUTE_MS).find((atMs) => atMs > nowMs);
  return next === undefined ? undefined : next - nowMs;
}
