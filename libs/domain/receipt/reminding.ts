import type { ReceiptPolicy } from './policy.js';

const HOUR_MS = 3_600_000;

/**
 * In how many milliseconds people are to be reminded of a receipt that has waited for them since then; 0: it is time. Undefined: the company does
 * not want to be reminded.
 */
export function remindInMs(sinceMs: number, nowMs: number, { remindAfterHours }: Pick<ReceiptPolicy, 'remindAfterHours'>): number | undefined {
  return remindAfterHours === 0 ? undefined : Math.max(0, sinceMs + remindAfterHours * HOUR_MS - nowMs);
}
