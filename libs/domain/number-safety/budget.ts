import { drawnMs } from './pace.js';
import { quietUntil } from './quiet-hours.js';
import { forbidding, type Restriction } from './restriction.js';
import type { Lane, SafetySettings } from './settings.js';
import { limitsAtAge } from './warm-up.js';

/** What a number has said unasked lately. Each count covers at least its whole window, so that no window ever has more than its limit. */
export interface Used {
  minute: number;
  hour: number;
  day: number;
  firstContactsDay: number;
}

/** A number as a send unasked finds it, under the lock of its budget's row. */
export interface NumberState {
  settings: SafetySettings;
  timeZone: string;
  /** When this phone number was linked for the first time. */
  linkedAtMs: number | undefined;
  used: Used;
  /** When the pace allows the next one. */
  nextAtMs: number;
  restrictions: readonly Restriction[];
}

/** A message that nobody asked for: of lanes 2 and 3, or the first one to somebody who has never written. */
export interface Unasked {
  lane: Lane;
  isFirstContact: boolean;
  /** The same text went to the same person within a day. */
  isRepeat: boolean;
  /** Times that the same text went out unasked within the hour. */
  sameTextHour: number;
}

export const holdReasons = ['restricted', 'quiet-hours', 'minute', 'hour', 'day', 'first-contacts', 'same-text', 'pace'] as const;
export type HoldReason = (typeof holdReasons)[number];

export type Verdict =
  /** It may go now; the next one not before `nextAtMs`. */
  | { kind: 'go'; nextAtMs: number }
  /** Not now. Worth asking again then. */
  | { kind: 'hold'; reason: HoldReason; untilMs: number }
  /** Never: the person has this text already. */
  | { kind: 'refuse'; cause: 'duplicate-text' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Pure: whether a message that nobody asked for may leave now. Answers to people who wrote never ask here.
 * @param random in [0, 1): draws the pause after it
 */
export function decideUnasked(number: NumberState, message: Unasked, nowMs: number, random: number): Verdict {
  const { settings } = number;
  if (message.lane !== 'reply' && message.isRepeat) return { kind: 'refuse', cause: 'duplicate-text' };
  const hold = holdOf(number, message, nowMs);
  if (hold) return { kind: 'hold', ...hold };
  return { kind: 'go', nextAtMs: nowMs + drawnMs(message.isFirstContact ? settings.firstContactGap : settings.gap, random) };
}

function holdOf(number: NumberState, message: Unasked, nowMs: number): { reason: HoldReason; untilMs: number } | undefined {
  const { settings, used, restrictions, nextAtMs } = number;
  const isReply = message.lane === 'reply';
  const forbidden = forbidding(restrictions, { isReply, isFirstContact: message.isFirstContact }, nowMs);
  if (forbidden) return { reason: 'restricted', untilMs: forbidden.untilMs };
  const quiet = isReply ? undefined : quietUntil({ from: settings.quietFrom, until: settings.quietUntil }, number.timeZone, nowMs);
  if (quiet !== undefined) return { reason: 'quiet-hours', untilMs: quiet };
  const limits = settings.warmUp ? limitsAtAge(settings.limits, number.linkedAtMs, nowMs) : settings.limits;
  if (used.day >= limits.day) return { reason: 'day', untilMs: nowMs + HOUR_MS };
  if (message.isFirstContact && used.firstContactsDay >= limits.firstContactsDay) return { reason: 'first-contacts', untilMs: nowMs + HOUR_MS };
  if (used.hour >= limits.hour) return { reason: 'hour', untilMs: nowMs + MINUTE_MS };
  if (!isReply && message.sameTextHour >= settings.sameTextHour) return { reason: 'same-text', untilMs: nowMs + MINUTE_MS };
  if (used.minute >= limits.minute) return { reason: 'minute', untilMs: nowMs + MINUTE_MS };
  return nextAtMs > nowMs ? { reason: 'pace', untilMs: nextAtMs } : undefined;
}
