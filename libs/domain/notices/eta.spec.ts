import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietUntil } from '../number-safety/quiet-hours.js';
import { defaultSafety } from '../number-safety/settings.js';
import { etaOf, lateIn, Schedule, type NumberPace } from './eta.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const noon = Date.parse('2026-03-02T15:00:00Z'); // 12:00 in Buenos Aires
const none = { minute: 0, hour: 0, day: 0, firstContactsDay: 0 };
const grown: NumberPace = { settings: defaultSafety, timeZone: 'America/Argentina/Buenos_Aires', linkedAtMs: noon - 100 * DAY, used: none, restrictions: [] };
const hours = (eta: number | undefined): number | undefined => (eta === undefined ? undefined : Math.round((eta - noon) / HOUR));

describe('when a notice leaves', () => {
  it.each([
    ['the first', grown, 0, false, 0],
    ['80 an hour', grown, 79, false, 1],
    ['the 81st', grown, 80, false, 1],
    ['the 500th, of the same day', grown, 499, false, 7],
    ['the 501st, when a day has passed', grown, 500, false, 24],
    ['one of a young number', { ...grown, linkedAtMs: noon - DAY }, 49, false, 3],
    ['the 51st of a young number, when it is older', { ...grown, linkedAtMs: noon - DAY }, 50, false, 24],
    ['a 31st first contact', grown, 30, true, 24],
    ['one after what was used today', { ...grown, used: { ...none, day: 500 } }, 0, false, 24],
    ['one that WhatsApp holds back for three hours', { ...grown, restrictions: [{ signal: 'too-fast', stops: 'bulk', untilMs: noon + 3 * HOUR }] }, 0, false, 3],
    ['one at night, in the morning', { ...grown, settings: { ...defaultSafety, quietFrom: '11:00', quietUntil: '18:00' } }, 0, false, 6],
  ] as const)('%s', (_name, number, ahead, isFirst, expected) => expect(Math.abs(hours(etaOf(number as NumberPace, ahead, isFirst, noon))! - expected)).toBeLessThanOrEqual(1));

  it('of ten thousand takes twenty days at 500 a day, and not many more', () => {
    const days = (etaOf(grown, 9_999, false, noon)! - noon) / DAY;
    expect(days).toBeGreaterThan(19);
    expect(days).toBeLessThan(22);
  });

  it('is not known of a number that may say nothing', () => {
    expect(etaOf({ ...grown, settings: { ...defaultSafety, limits: { ...defaultSafety.limits, day: 0 } } }, 0, false, noon)).toBeUndefined();
  });

  const pace = fc.record({
    settings: fc.record({
      limits: fc.record({ minute: fc.integer({ min: 1, max: 20 }), hour: fc.integer({ min: 1, max: 200 }), day: fc.integer({ min: 1, max: 800 }), firstContactsDay: fc.integer({ min: 1, max: 50 }) }),
      quietFrom: fc.constantFrom('21:00', '13:30', '00:00'), quietUntil: fc.constantFrom('08:00', '15:00'), warmUp: fc.boolean(),
    }).map((some) => ({ ...defaultSafety, ...some })),
    linkedAtMs: fc.integer({ min: 0, max: 40 }).map((days) => noon - days * DAY),
    used: fc.record({ minute: fc.constant(0), hour: fc.integer({ min: 0, max: 100 }), day: fc.integer({ min: 100, max: 600 }), firstContactsDay: fc.integer({ min: 0, max: 50 }) }),
    restrictions: fc.constant([]), timeZone: fc.constantFrom('America/Bogota', 'America/Mexico_City', 'Asia/Kathmandu'),
  });

  it('comes in the order of the queue, never in a quiet time, never more than the limits of an hour and of a day allow', () => {
    fc.assert(fc.property(pace, fc.boolean(), fc.integer({ min: 0, max: DAY }), (number, isFirst, offset) => {
      const now = noon + offset;
      const schedule = Schedule.of(number, isFirst, now);
      const times = Array.from({ length: 300 }, (_, index) => schedule.at(index + 1)).filter((at) => at !== undefined);
      const { limits, quietFrom, quietUntil: until } = number.settings;
      times.forEach((at, index) => {
        expect(at).toBeGreaterThanOrEqual(times[index - 1] ?? now);
        expect(quietUntil({ from: quietFrom, until }, number.timeZone, at - 1), 'it is quiet').toBeUndefined();
        const hourBefore = times[index - 2 * limits.hour];
        if (hourBefore !== undefined) expect(at - hourBefore).toBeGreaterThanOrEqual(HOUR - 1);
        const dayBefore = times[index - limits.day];
        if (dayBefore !== undefined) expect(at - dayBefore).toBeGreaterThanOrEqual(22 * HOUR);
      });
    }), { numRuns: 60 });
  });

  it('is late for exactly those whose time is over before', () => {
    fc.assert(fc.property(pace, fc.array(fc.record({ isFirstContact: fc.boolean(), expiresAtMs: fc.integer({ min: 0, max: 72 }).map((h) => noon + h * HOUR) }), { maxLength: 120 }), (number, queue) => {
      const late = new Set(lateIn(number, queue, noon));
      queue.forEach(({ isFirstContact, expiresAtMs }, index) => {
        const ahead = queue.slice(0, index).filter((one) => one.isFirstContact === isFirstContact).length;
        const eta = etaOf(number, ahead, isFirstContact, noon);
        expect(late.has(index)).toBe(eta === undefined || eta > expiresAtMs);
      });
    }), { numRuns: 40 });
  });
});
