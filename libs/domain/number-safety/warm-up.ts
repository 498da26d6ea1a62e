import type { Limits } from './settings.js';

const DAY_MS = 24 * 3_600_000;

/** A number that is linked for less than `underDays` may say this much unasked. */
interface Stage {
  underDays: number;
  limits: Pick<Limits, 'hour' | 'day' | 'firstContactsDay'>;
}

/**
 * Days 1–2: 20 an hour, 50 a day; 3–5: 40 and 200; 6–10: 80 and 500; first contacts from 5 to 20 a day, as 30 to 40 new people in a
 * day were seen to end in a restriction (research/external-apis.md, 12.2).
 */
export const warmUpStages: readonly Stage[] = [
  { underDays: 2, limits: { hour: 20, day: 50, firstContactsDay: 5 } },
  { underDays: 5, limits: { hour: 40, day: 200, firstContactsDay: 10 } },
  { underDays: 10, limits: { hour: 80, day: 500, firstContactsDay: 20 } },
];

/**
 * Pure: what a number may say unasked at its age. A stage only ever takes away from the settings.
 * @param linkedAtMs when this phone number was linked for the first time; unknown counts as today
 */
export function limitsAtAge(settings: Limits, linkedAtMs: number | undefined, nowMs: number): Limits {
  const days = linkedAtMs === undefined ? 0 : (nowMs - linkedAtMs) / DAY_MS;
  const stage = warmUpStages.find(({ underDays }) => days < underDays);
  if (!stage) return settings;
  const { hour, day, firstContactsDay } = stage.limits;
  return {
    minute: settings.minute,
    hour: Math.min(settings.hour, hour),
    day: Math.min(settings.day, day),
    firstContactsDay: Math.min(settings.firstContactsDay, firstContactsDay),
  };
}
