import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, localTimeOf } from './local-time.js';

const at = (local: string, zone: string) => {
  const instant = instantOf(local, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a time on a zone’s clocks', () => {
  it.each([
    ['2026-11-27T18:30', 'America/Argentina/Buenos_Aires', '2026-11-27T21:30:00.000Z'],
    ['2026-07-01T00:00', 'America/Santiago', '2026-07-01T04:00:00.000Z'],
    ['2026-12-01T00:00', 'America/Santiago', '2026-12-01T03:00:00.000Z'],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'], // comes twice: the first
    ['2026-06-01T12:15', 'Asia/Kathmandu', '2026-06-01T06:30:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => expect(at(local, zone)).toBe(instant));

  it.each([
    ['2026-03-08T02:30', 'America/New_York'], // left out in spring
    ['2026-02-30T10:00', 'UTC'], ['2026-01-01T25:00', 'UTC'], ['2026-01-01', 'UTC'], ['mañana', 'UTC'], ['2026-01-01T10:00Z', 'UTC'],
  ])('%s in %s does not exist', (local, zone) => expect(at(local, zone)).toBeUndefined());

  it('leads back to what the clocks show', () => {
    const zones = fc.constantFrom('America/Argentina/Buenos_Aires', 'America/Santiago', 'America/Asuncion', 'America/Mexico_City', 'Europe/Madrid', 'UTC');
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2034, 0, 1) / 60_000 }), zones, (minute, zone) => {
      const shown = localTimeOf(minute * 60_000, zone);
      expect(localTimeOf(instantOf(shown, zone)!, zone)).toBe(shown);
    }));
  });
});
