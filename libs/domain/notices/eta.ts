import { limitsAtAge } from '../number-safety/warm-up.js';
import { quietUntil } from '../number-safety/quiet-hours.js';
import { forbidding, type Restriction } from '../number-safety/restriction.js';
import type { Limits, SafetySettings } from '../number-safety/settings.js';
import type { Used } from '../number-safety/budget.js';

/** A number as its queue finds it. */
export interface NumberPace {
  settings: SafetySettings;
  timeZone: string;
  linkedAtMs: number | undefined;
  used: Used;
  restrictions: readonly Restriction[];
}

const HOUR_MS = 3_600_000;
/** Farther ahead nobody knows anything of a number. */
const HORIZON_HOURS = 60 * 24;
const mean = ({ leastMs, mostMs }: { leastMs: number; mostMs: number }): number => (leastMs + mostMs) / 2;

/** How many may leave until when: `total` counts everything since now. */
interface Step {
  fromMs: number;
  untilMs: number;
  total: number;
}

/** What a schedule is made of: the most an hour and a day, and what the last day has used. */
interface Allowance {
  hour: number;
  day: number;
  used: { hour: number; day: number };
}

/**
 * When each place of a number's queue will leave, as far as anybody can know: hour by hour, what the limits of its age, its pace, its
 * quiet hours and what WhatsApp forbids let through. What was used in the last day counts as used just now, so that a promise is too late
 * rather than too early.
 */
export class Schedule {
  private readonly steps: Step[] = [];

  private constructor(
    private readonly number: NumberPace,
    private readonly isFirstContact: boolean,
    private readonly nowMs: number,
  ) {}

  /** Pure. @param isFirstContact of people who have never written, who have an allowance of their own */
  static of(number: NumberPace, isFirstContact: boolean, nowMs: number): Schedule {
    return new Schedule(number, isFirstContact, nowMs);
  }

  /** When a place leaves, in ms since 1970; undefined: not within 60 days. @param place 1 is the next one */
  at(place: number): number | undefined {
    for (let hour = 0; hour < HORIZON_HOURS; hour++) {
      const step = this.step(hour);
      if (step.total < place) continue;
      const before = hour === 0 ? 0 : this.step(hour - 1).total;
      return Math.ceil(step.fromMs + ((place - before) / (step.total - before)) * (step.untilMs - step.fromMs));
    }
    return undefined;
  }

  private step(hour: number): Step {
    while (this.steps.length <= hour) this.steps.push(this.next());
    return this.steps[hour]!;
  }

  private next(): Step {
    const hour = this.steps.length;
    const fromMs = this.nowMs + hour * HOUR_MS;
    const before = this.steps.at(-1)?.total ?? 0;
    const open = this.openIn(fromMs);
    const { hour: perHour, day, used } = this.allowanceAt(fromMs);
    const sinceADay = before - (hour >= 24 ? this.steps[hour - 24]!.total : 0);
    const left = Math.max(0, day - sinceADay - (hour < 24 ? used.day : 0));
    const now = Math.max(0, Math.floor(perHour * open.part) - (hour === 0 ? used.hour : 0));
    return { fromMs: open.fromMs, untilMs: fromMs + HOUR_MS, total: before + Math.min(now, left) };
  }

  private allowanceAt(atMs: number): Allowance {
    const { settings, linkedAtMs, used } = this.number;
    const limits: Limits = settings.warmUp ? limitsAtAge(settings.limits, linkedAtMs, atMs) : settings.limits;
    const paced = (gapMs: number): number => Math.min(limits.hour, limits.minute * 60, gapMs > 0 ? Math.floor(HOUR_MS / gapMs) : Infinity);
    if (!this.isFirstContact) return { hour: paced(mean(settings.gap)), day: limits.day, used };
    const day = Math.min(limits.day, limits.firstContactsDay);
    return { hour: paced(mean(settings.firstContactGap)), day, used: { hour: used.hour, day: used.firstContactsDay } };
  }

  /** The part of an hour in which messages may leave, and from when: the end of a quiet time or of a restriction. */
  private openIn(fromMs: number): { part: number; fromMs: number } {
    const { settings, timeZone, restrictions } = this.number;
    const forbidden = forbidding(restrictions, { isReply: false, isFirstContact: this.isFirstContact }, fromMs)?.untilMs ?? fromMs;
    const quiet = quietUntil({ from: settings.quietFrom, until: settings.quietUntil }, timeZone, Math.max(fromMs, forbidden));
    const opensMs = Math.min(Math.max(fromMs, forbidden, quiet ?? fromMs), fromMs + HOUR_MS);
    const lastMs = fromMs + HOUR_MS - 1;
    // A quiet time that begins within the hour takes it all: a promise may be late by an hour, never early.
    const isCutShort = opensMs < lastMs && quietUntil({ from: settings.quietFrom, until: settings.quietUntil }, timeZone, lastMs) !== undefined;
    return { part: isCutShort ? 0 : (fromMs + HOUR_MS - opensMs) / HOUR_MS, fromMs: opensMs };
  }
}

/** A notice that waits, in the order of its number's queue. */
export interface Waiting {
  isFirstContact: boolean;
  expiresAtMs: number;
}

/** Pure: when somebody's notice leaves that has so many of its kind (first contacts, or others) before it; undefined: not within 60 days. */
export const etaOf = (number: NumberPace, ahead: number, isFirstContact: boolean, nowMs: number): number | undefined =>
  Schedule.of(number, isFirstContact, nowMs).at(ahead + 1);

/** Pure: the places of those that will leave after they have expired, as things stand. @returns indexes into the queue, in order */
export function lateIn(number: NumberPace, queue: readonly Waiting[], nowMs: number): number[] {
  const [known, first] = [Schedule.of(number, false, nowMs), Schedule.of(number, true, nowMs)];
  const places = { known: 0, first: 0 };
  return queue.flatMap(({ isFirstContact, expiresAtMs }, index) => {
    const place = isFirstContact ? ++places.first : ++places.known;
    const leavesMs = (isFirstContact ? first : known).at(place);
    return leavesMs === undefined || leavesMs > expiresAtMs ? [index] : [];
  });
}
