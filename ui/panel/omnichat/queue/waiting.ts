/** How urgent a wait is. */
export type WaitLevel = 'short' | 'long' | 'late';

export interface Wait {
  readonly level: WaitLevel;
  readonly minutes: number;
}

/** From this part of the company's alarm on a wait is long. */
const longPart = 0.5;

/**
 * How long a customer has waited; undefined: an agent spoke last.
 * @param since when they began to wait, ISO
 * @param alarmMinutes after how many the company's alarm goes off
 */
export function waitOf(since: string | undefined, nowMs: number, alarmMinutes: number): Wait | undefined {
  if (since === undefined) return undefined;
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(since)) / 60_000));
  if (minutes >= alarmMinutes) return { level: 'late', minutes };
  return { level: minutes >= alarmMinutes * longPart ? 'long' : 'short', minutes };
}
