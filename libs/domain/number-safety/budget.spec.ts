import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideUnasked, type HoldReason, type NumberState, type Unasked, type Used } from './budget.js';
import { restrictionBy, stops, type Restriction } from './restriction.js';
import { defaultSafety, lanes } from './settings.js';
import { limitsAtAge, warmUpStages } from './warm-up.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Noon in Buenos Aires. */
const NOON = Date.parse('2026-03-02T15:00:00Z');
const none: Used = { minute: 0, hour: 0, day: 0, firstContactsDay: 0 };
const mature: NumberState = {
  settings: defaultSafety, timeZone: 'America/Argentina/Buenos_Aires', linkedAtMs: NOON - 60 * DAY, used: none, nextAtMs: 0, restrictions: [],
};
const notice: Unasked = { lane: 'notice', isFirstContact: false, isRepeat: false, sameTextHour: 0 };
const first: Unasked = { ...notice, isFirstContact: true };
const restricted = (stop: Restriction['stops'], untilMs = NOON + HOUR): Restriction => ({ signal: 'too-fast', stops: stop, untilMs });

describe('a message that nobody asked for', () => {
  it.each<[string, Partial<NumberState>, Unasked, HoldReason | 'go']>([
    ['goes by day', {}, notice, 'go'],
    ['waits for the pace', { nextAtMs: NOON + 1 }, notice, 'pace'],
    ['waits for the minute', { used: { ...none, minute: 6 } }, notice, 'minute'],
    ['waits for the hour', { used: { ...none, hour: 80 } }, notice, 'hour'],
    ['waits for the day', { used: { ...none, day: 500 } }, notice, 'day'],
    ['goes to who has written when the first contacts of the day are used up', { used: { ...none, firstContactsDay: 30 } }, notice, 'go'],
    ['waits with a first contact then', { used: { ...none, firstContactsDay: 30 } }, first, 'first-contacts'],
    ['waits with a text that went out too often', {}, { ...notice, sameTextHour: 40 }, 'same-text'],
    ['goes to who has written while only first contacts are stopped', { restrictions: [restricted('first-contacts')] }, notice, 'go'],
    ['waits with a first contact then', { restrictions: [restricted('first-contacts')] }, first, 'restricted'],
    ['waits while the bulk is stopped', { restrictions: [restricted('bulk')] }, notice, 'restricted'],
    ['goes when the restriction has run out', { restrictions: [restricted('everything', NOON)] }, notice, 'go'],
    ['has less while the number is young', { linkedAtMs: NOON - DAY, used: { ...none, hour: 20 } }, notice, 'hour'],
    ['has its whole budget when warm-up is off', { linkedAtMs: NOON - DAY, used: { ...none, hour: 20 }, settings: { ...defaultSafety, warmUp: false } }, notice, 'go'],
    ['counts a number of unknown age as new', { linkedAtMs: undefined, used: { ...none, firstContactsDay: 5 } }, first, 'first-contacts'],
  ])('%s', (_name, state, message, expected) => {
    const verdict = decideUnasked({ ...mature, ...state }, message, NOON, 0.5);
    expect(verdict.kind === 'hold' ? verdict.reason : verdict.kind).toBe(expected);
  });

  it('is silent in quiet hours, except a person’s first message to somebody', () => {
    const night = Date.parse('2026-03-03T02:30:00Z'); // 23:30 in Buenos Aires
    expect(decideUnasked(mature, notice, night, 0)).toEqual({ kind: 'hold', reason: 'quiet-hours', untilMs: Date.parse('2026-03-03T11:00:00Z') });
    expect(decideUnasked(mature, { ...first, lane: 'reply' }, night, 0).kind).toBe('go');
  });

  it('is refused when the person has the same text already', () => {
    expect(decideUnasked(mature, { ...notice, isRepeat: true }, NOON, 0)).toEqual({ kind: 'refuse', cause: 'duplicate-text' });
  });

  it('leaves 5 to 30 s after it, and 30 to 60 s after a first contact', () => {
    expect([0, 1].map((random) => decideUnasked(mature, notice, NOON, random))).toEqual([{ kind: 'go', nextAtMs: NOON + 5_000 }, { kind: 'go', nextAtMs: NOON + 30_000 }]);
    expect([0, 1].map((random) => decideUnasked(mature, first, NOON, random))).toEqual([{ kind: 'go', nextAtMs: NOON + 30_000 }, { kind: 'go', nextAtMs: NOON + 60_000 }]);
  });
});

/** The ledger as `unasked_sends` keeps it: exact times. */
class Ledger {
  private readonly sent: { atMs: number; isFirst: boolean }[] = [];
  nextAtMs = 0;
  within = (windowMs: number, nowMs: number) => this.sent.filter(({ atMs }) => atMs > nowMs - windowMs && atMs <= nowMs);
  used = (nowMs: number): Used => ({
    minute: this.within(MINUTE, nowMs).length, hour: this.within(HOUR, nowMs).length, day: this.within(DAY, nowMs).length,
    firstContactsDay: this.within(DAY, nowMs).filter(({ isFirst }) => isFirst).length,
  });
  take(atMs: number, isFirst: boolean, nextAtMs: number): void {
    this.sent.push({ atMs, isFirst });
    this.nextAtMs = nextAtMs;
  }
}

describe('the budget, whatever comes when', () => {
  const asks = fc.array(
    fc.record({ afterMs: fc.oneof(fc.integer({ min: 0, max: 20 * SECOND }), fc.integer({ min: 0, max: 3 * HOUR })), lane: fc.constantFrom(...lanes), isFirst: fc.boolean(), random: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
    { minLength: 100, maxLength: 600 });

  it('is exceeded in no minute, hour or day, and never sends faster than its pace', () => {
    fc.assert(fc.property(asks, fc.integer({ min: 0, max: 30 }), (all, ageDays) => {
      const ledger = new Ledger();
      const linkedAtMs = NOON - ageDays * DAY;
      let now = NOON;
      let lastAtMs = -Infinity;
      for (const { afterMs, lane, isFirst, random } of all) {
        now += afterMs;
        const state = { ...mature, linkedAtMs, used: ledger.used(now), nextAtMs: ledger.nextAtMs };
        const verdict = decideUnasked(state, { ...notice, lane, isFirstContact: isFirst || lane === 'reply' }, now, random);
        if (verdict.kind === 'hold') expect(verdict.untilMs).toBeGreaterThan(now);
        if (verdict.kind !== 'go') continue;
        expect(now - lastAtMs).toBeGreaterThanOrEqual(defaultSafety.gap.leastMs);
        lastAtMs = now;
        ledger.take(now, isFirst || lane === 'reply', verdict.nextAtMs);
        const limits = limitsAtAge(defaultSafety.limits, linkedAtMs, now);
        const used = ledger.used(now);
        expect(used.minute).toBeLessThanOrEqual(limits.minute);
        expect(used.hour).toBeLessThanOrEqual(limits.hour);
        expect(used.day).toBeLessThanOrEqual(limits.day);
        expect(used.firstContactsDay).toBeLessThanOrEqual(limits.firstContactsDay);
      }
    }), { numRuns: 60 });
  });
});

describe('warm-up', () => {
  it('only ever takes away, and ends', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20 }), fc.record({ minute: fc.nat(50), hour: fc.nat(500), day: fc.nat(2_000), firstContactsDay: fc.nat(100) }), (days, settings) => {
      const limits = limitsAtAge(settings, NOON - days * DAY, NOON);
      for (const key of ['minute', 'hour', 'day', 'firstContactsDay'] as const) expect(limits[key]).toBeLessThanOrEqual(settings[key]);
      if (days >= warmUpStages.at(-1)!.underDays) expect(limits).toEqual(settings);
    }));
  });
});

describe('a restriction', () => {
  it('stops no answer to who wrote, unless it stops everything', () => {
    for (const stop of stops) {
      const reply = decideUnasked({ ...mature, restrictions: [restricted(stop)] }, { ...notice, lane: 'reply' }, NOON, 0);
      expect(reply.kind).toBe(stop === 'everything' ? 'hold' : 'go');
    }
  });

  it.each([
    ['as long as the network says', NOON + 5 * HOUR, NOON + 5 * HOUR],
    ['a while of our own where it does not say', undefined, NOON + 30 * MINUTE],
    ['a while of our own where it says what is over', NOON - 1, NOON + 30 * MINUTE],
    ['a month at most', NOON + 400 * DAY, NOON + 31 * DAY],
  ])('lasts %s', (_name, said, untilMs) => expect(restrictionBy('too-fast', NOON, said)).toEqual({ signal: 'too-fast', stops: 'bulk', untilMs }));
});
