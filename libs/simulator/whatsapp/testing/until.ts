const POLL_MS = 5;
const DEADLINE_MS = 10_000;

/** Waits until `condition` gives something; fails with `what` when the deadline has passed. */
export async function until<T>(
  condition: () => T | undefined | null | false | '',
  what: string,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`after ${deadlineMs} ms still not true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
