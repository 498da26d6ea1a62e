import fc from 'fast-check';
import { DAY_MINUTES, problemsOf, weekdays, type CompanyHours, type Span, type Weekday } from './hours.js';

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Spans of one day that do not overlap, some of them past midnight. */
const spans: fc.Arbitrary<Span[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: DAY_MINUTES / 15 }), { maxLength: 6 })
  .map((quarters) => quarters.sort((one, other) => one - other).map((quarter) => quarter * 15))
  .map((bounds) => Array.from({ length: Math.floor(bounds.length / 2) }, (_, i) => ({ from: clock(bounds[2 * i]!), to: clock(bounds[2 * i + 1]!) })));
const night = fc.constantFrom<Span[]>([{ from: '22:00', to: '02:00' }], [{ from: '20:00', to: '08:00' }], [{ from: '18:00', to: '00:00' }]);
const day = fc.oneof({ weight: 4, arbitrary: spans }, { weight: 1, arbitrary: night });

/** Hours that may be kept. */
export const arbitraryHours: fc.Arbitrary<CompanyHours> = fc
  .record({
    week: fc.record(Object.fromEntries(weekdays.map((name) => [name, day])) as Record<Weekday, typeof day>),
    exceptions: fc.array(fc.record({
      date: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      yearly: fc.boolean(), name: fc.constant('Feriado'), spans: fc.oneof(fc.constant<Span[]>([]), day),
    }), { maxLength: 4 }),
  })
  .filter((hours) => problemsOf(hours).length === 0);
