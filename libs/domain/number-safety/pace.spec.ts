import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOptOut } from './opt-out.js';
import { Slots, typingMs } from './pace.js';
import { quietUntil } from './quiet-hours.js';
import { defaultSafety } from './settings.js';

describe('typing', () => {
  it.each([[0, 800], [2, 800], [11, 3_300], [39, 11_700], [4_000, 12_000]])('of %i characters takes %i ms', (chars, ms) => expect(typingMs(defaultSafety.typing, chars)).toBe(ms));
  it('is off at 0 ms a character', () => expect(typingMs({ ...defaultSafety.typing, msPerChar: 0 }, 500)).toBe(0));
});

describe('slots', () => {
  it('are at least the gap apart, in the order of asking, and never wait for nothing', () => {
    fc.assert(fc.property(fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 900 }), random: fc.double({ min: 0, max: 0.999, noNaN: true }) }), { minLength: 2 }), (asks) => {
      const slots = new Slots();
      let now = 1_000;
      const taken = asks.map(({ afterMs, random }, index) => {
        now += afterMs;
        const at = slots.of(String(index), now, 350, random);
        expect(at).toBeGreaterThanOrEqual(now);
        return at;
      });
      expect(taken[0]).toBe(1_000 + asks[0]!.afterMs);
      taken.slice(1).forEach((at, index) => expect(at - taken[index]!).toBeGreaterThanOrEqual(350));
    }));
  });

  it('are not for what has no gap: it leaves at once, and nobody waits for it', () => {
    const slots = new Slots();
    for (const message of ['a', 'b', 'c']) slots.of(message, 0, 1_000, 0);
    expect(slots.of('agent', 5, 0, 0)).toBe(5);
    expect(slots.of('d', 5, 1_000, 0)).toBe(3_000);
  });

  it('are kept until the message leaves', () => {
    const slots = new Slots();
    slots.of('a', 0, 1_000, 0);
    expect(slots.of('b', 0, 1_000, 0)).toBe(1_000);
    expect(slots.of('b', 900, 1_000, 0)).toBe(1_000);
    slots.leave('b');
    expect(slots.of('b', 900, 1_000, 0)).toBe(2_000);
  });
});

describe('quiet hours', () => {
  const zone = 'America/Argentina/Buenos_Aires'; // UTC-3
  const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
  it.each([
    ['21:00', '08:00', '23:59:59', undefined], // 20:59
    ['21:00', '08:00', '00:00:30', at('11:00:00')], // 21:00 of the day before
    ['21:00', '08:00', '10:59:59', at('11:00:00')],
    ['21:00', '08:00', '11:00:00', undefined],
    ['13:00', '15:00', '17:10:20', at('18:00:00')],
    ['13:00', '15:00', '18:00:00', undefined],
    ['00:00', '00:00', '05:00:00', undefined],
  ])('from %s until %s at %s UTC', (from, until, now, expected) => expect(quietUntil({ from, until }, zone, at(now))).toBe(expected));

  it('end after their beginning, in any zone, at any time', () => {
    const time = fc.record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) }).map(({ h, m }) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const zones = fc.constantFrom('America/Bogota', 'America/Santiago', 'America/Mexico_City', 'Asia/Kathmandu', 'UTC');
    fc.assert(fc.property(time, time, zones, fc.integer({ min: 0, max: 4e12 }), (from, until, timeZone, now) => {
      const end = quietUntil({ from, until }, timeZone, now);
      if (end === undefined) return;
      expect(end).toBeGreaterThan(now);
      expect(end - now).toBeLessThanOrEqual(24 * 3_600_000);
    }));
  });
});

describe('opting out', () => {
  it.each(['BAJA', 'baja.', ' Stop ', 'No molestar!', 'NO  MOLESTAR', 'dar de baja', 'Bája'])('«%s»', (text) => expect(isOptOut(text)).toBe(true));
  it.each(['quiero dar de baja el servicio', 'se me baja la velocidad', 'no', 'stop motion', ''])('is not «%s»', (text) => expect(isOptOut(text)).toBe(false));
});
