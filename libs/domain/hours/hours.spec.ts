import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, localTimeOf } from '../time/local-time.js';
import { arbitraryHours } from './hours.arbitrary.js';
import { problemsOf, weekdays, type CompanyHours, type HoursException, type Span, type Weekday } from './hours.js';
import { closingAfter, isOpen, nextOpening } from './openings.js';
import { describeHours, momentInWords } from './words.js';

const none = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Record<Weekday, Span[]>;
const spans = (...of: string[]): Span[] => of.map((one) => ({ from: one.slice(0, 5), to: one.slice(6) }));
const hoursOf = (week: Partial<Record<Weekday, Span[]>>, exceptions: HoursException[] = []): CompanyHours => ({ week: { ...none, ...week }, exceptions });
const split = spans('08:00-12:00', '16:00-20:00');
const office = hoursOf({ monday: split, tuesday: split, wednesday: split, thursday: split, friday: split, saturday: spans('09:00-13:00') });
const daily = (...of: string[]): CompanyHours => hoursOf(Object.fromEntries(weekdays.map((day) => [day, spans(...of)])));
const closed = (date: string, yearly = false): HoursException => ({ date, yearly, name: 'Feriado', spans: [] });

const argentina = 'America/Argentina/Buenos_Aires';
const at = (local: string, zone = argentina): number => instantOf(local, zone)!;
const shown = (instant: number | undefined, zone = argentina) => (instant === undefined ? undefined : localTimeOf(instant, zone));

describe('open', () => {
  // 2026-11-27 is a Friday.
  test.each([
    ['2026-11-27T08:00', true], ['2026-11-27T07:59', false], ['2026-11-27T11:59', true], ['2026-11-27T12:00', false],
    ['2026-11-27T19:59', true], ['2026-11-27T20:00', false], ['2026-11-28T12:59', true], ['2026-11-28T16:30', false], ['2026-11-29T10:00', false],
  ])('%s: %s', (local, open) => expect(isOpen(at(local), office, argentina)).toBe(open));

  test.each([
    ['2026-11-27T22:30', true], ['2026-11-28T01:59', true], ['2026-11-28T02:00', false], ['2026-11-28T22:30', false],
  ])('on a Friday until two in the morning, %s: %s', (local, open) =>
    expect(isOpen(at(local), hoursOf({ friday: spans('22:00-02:00') }), argentina)).toBe(open));

  test('all day is all of it, whatever the clocks do', () => {
    for (const hour of Array.from({ length: 75 }, (_, i) => i)) {
      expect(isOpen(at('2026-09-05T00:00', 'America/Santiago') + hour * 3_600_000, daily('00:00-24:00'), 'America/Santiago')).toBe(true);
    }
  });
});

describe('exceptions', () => {
  const withHolidays = { ...office, exceptions: [
    closed('2020-12-25', true), { date: '2026-12-24', yearly: false, name: 'Nochebuena', spans: spans('08:00-12:00') },
    { date: '2027-12-25', yearly: false, name: 'Guardia', spans: spans('10:00-11:00') }, closed('2024-02-29', true),
  ] };
  test.each([
    ['2026-12-24T10:00', true], ['2026-12-24T17:00', false], ['2026-12-25T10:00', false], ['2028-12-25T10:00', false],
    ['2027-12-25T10:30', true], ['2028-02-29T10:00', false], ['2027-03-01T10:00', true],
  ])('%s: %s', (local, open) => expect(isOpen(at(local), withHolidays, argentina)).toBe(open));

  test('a holiday closes what begins on it, not the night that began the day before', () => {
    const bar = { ...daily('20:00-02:00'), exceptions: [closed('2026-12-25')] };
    expect(isOpen(at('2026-12-25T01:00'), bar, argentina)).toBe(true);
    expect(isOpen(at('2026-12-25T21:00'), bar, argentina)).toBe(false);
    expect(isOpen(at('2026-12-26T01:00'), bar, argentina)).toBe(false);
  });
});

describe('the next opening', () => {
  test.each([
    ['2026-11-27T07:00', '2026-11-27T08:00'], ['2026-11-27T09:30', '2026-11-27T09:30'], ['2026-11-27T12:00', '2026-11-27T16:00'],
    ['2026-11-27T20:00', '2026-11-28T09:00'], ['2026-11-28T13:00', '2026-11-30T08:00'],
  ])('from %s is %s', (now, next) => expect(shown(nextOpening(at(now), office, argentina))).toBe(next));

  test('goes past holidays, and is not known where nothing opens', () => {
    const away = { ...office, exceptions: [closed('2026-11-30'), closed('2026-12-01')] };
    expect(shown(nextOpening(at('2026-11-28T13:00'), away, argentina))).toBe('2026-12-02T08:00');
    expect(nextOpening(at('2026-11-28T13:00'), hoursOf({}), argentina)).toBeUndefined();
  });

  test('it closes when nothing follows', () => {
    expect(shown(closingAfter(at('2026-11-27T09:00'), office, argentina))).toBe('2026-11-27T12:00');
    expect(shown(closingAfter(at('2026-11-27T23:00'), { ...daily('20:00-24:00'), week: { ...daily('20:00-24:00').week, saturday: spans('00:00-03:00') } }, argentina))).toBe('2026-11-28T03:00');
    expect(closingAfter(at('2026-11-29T09:00'), office, argentina)).toBeUndefined();
    expect(closingAfter(at('2026-11-29T09:00'), daily('00:00-24:00'), argentina)).toBeUndefined();
  });
});

describe('when the clocks change', () => {
  // IANA tz database: Chile goes forward at 24:00 of Saturday 5 September 2026 (there is no 00:00–00:59 on the 6th) and back at 24:00 of
  // Saturday 4 April 2026 (23:00–23:59 comes twice). Paraguay did both at midnight until it stayed at -03 in October 2024.
  test.each([
    ['America/Santiago', '2026-09-05T23:00', '00:30-03:00', '2026-09-06T01:00'],
    ['America/Santiago', '2026-09-05T23:00', '00:00-00:30', '2026-09-07T00:00'],
    ['America/Santiago', '2026-04-04T22:00', '23:30-24:00', '2026-04-04T23:30'],
    ['America/Asuncion', '2023-09-30T23:00', '00:00-03:00', '2023-10-01T01:00'],
    ['America/Asuncion', '2023-03-25T21:00', '23:00-24:00', '2023-03-25T23:00'],
    ['America/Asuncion', '2026-10-03T23:00', '00:00-03:00', '2026-10-04T00:00'],
    ['Pacific/Apia', '2011-12-29T18:00', '08:00-17:00', '2011-12-31T08:00'],
  ])('%s, from %s, daily %s: %s', (zone, now, span, next) => expect(shown(nextOpening(at(now, zone), daily(span), zone), zone)).toBe(next));

  test('a span over the hour that comes twice is an hour longer, over the one that is left out an hour shorter', () => {
    const opened = (date: string) => {
      const from = at(`${date}T21:00`, 'America/Santiago');
      return (closingAfter(from, daily('21:00-03:00'), 'America/Santiago')! - from) / 3_600_000;
    };
    expect([opened('2026-04-04'), opened('2026-09-05'), opened('2026-09-12')]).toEqual([7, 5, 6]);
  });

  const zone = fc.constantFrom('America/Santiago', 'America/Asuncion', argentina, 'America/Mexico_City', 'Europe/Madrid', 'America/Havana', 'Asia/Kathmandu');
  const instant = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 11, 31) / 60_000 }).map((minutes) => minutes * 60_000);

  test('the next opening is open, and nothing before it is', () => {
    fc.assert(fc.property(arbitraryHours, zone, instant, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (hours, timeZone, now, part) => {
      const next = nextOpening(now, hours, timeZone);
      fc.pre(next !== undefined);
      expect(next).toBeGreaterThanOrEqual(now);
      expect(isOpen(next, hours, timeZone)).toBe(true);
      if (next > now) expect(isOpen(now + Math.floor(part * (next - now)), hours, timeZone)).toBe(false);
    }), { numRuns: 150 });
  });

  test('on days without a change it is what the clocks on the wall say', () => {
    fc.assert(fc.property(arbitraryHours, instant, (hours, now) => {
      const local = localTimeOf(now, argentina);
      const [date, clock] = [local.slice(0, 10), local.slice(11)];
      const before = new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
      const begunOn = (day: string): Span[] => (hours.exceptions.find((one) => !one.yearly && one.date === day) ?? hours.exceptions.find((one) => one.yearly && one.date.slice(5) === day.slice(5)))?.spans
        ?? hours.week[weekdays[(new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7]!];
      const isIn = begunOn(date).some(({ from, to }) => from <= clock && (clock < to || to <= from)) || begunOn(before).some(({ from, to }) => to <= from && clock < to);
      expect(isOpen(now, hours, argentina)).toBe(isIn);
    }), { numRuns: 300 });
  });
});

describe('what may not be kept', () => {
  test.each<[string, CompanyHours, object[]]>([
    ['an overlap', hoursOf({ monday: spans('08:00-12:00', '11:59-14:00') }), [{ code: 'spans-overlap', at: 'monday' }]],
    ['spans that touch', hoursOf({ monday: spans('12:00-14:00', '08:00-12:00') }), []],
    ['an end before the beginning', hoursOf({ friday: spans('20:00-18:00') }), [{ code: 'span-backwards', at: 'friday' }]],
    ['nothing', hoursOf({ friday: spans('08:00-08:00') }), [{ code: 'span-empty', at: 'friday' }]],
    ['a night into the next morning’s hours', hoursOf({ sunday: spans('22:00-09:00'), monday: spans('08:00-12:00') }), [{ code: 'spans-overlap', at: 'sunday' }]],
    ['a night that ends as the morning begins', hoursOf({ sunday: spans('22:00-08:00'), monday: spans('08:00-12:00') }), []],
    ['no time', hoursOf({ monday: spans('08:60-12:00') }), [{ code: 'time-wrong', at: 'monday' }]],
    ['24:00 as a beginning', hoursOf({ monday: spans('24:00-02:00') }), [{ code: 'time-wrong', at: 'monday' }]],
    ['no date', hoursOf({}, [closed('2026-02-30')]), [{ code: 'date-wrong', at: '2026-02-30' }]],
    ['a date twice', hoursOf({}, [closed('2026-05-25'), closed('2026-05-25')]), [{ code: 'date-twice', at: '2026-05-25' }]],
    ['a day of each year twice', hoursOf({}, [closed('2026-05-25', true), closed('2027-05-25', true)]), [{ code: 'date-twice', at: '2027-05-25' }]],
    ['a date of its own besides each year’s', hoursOf({}, [closed('2026-05-25', true), closed('2026-05-25')]), []],
  ])('%s', (_, hours, problems) => expect(problemsOf(hours)).toEqual(problems));
});

describe('in words', () => {
  test.each<[CompanyHours, string | undefined, string | undefined]>([
    [office, 'de lunes a viernes de 8 a 12 y de 16 a 20, y los sábados de 9 a 13', 'Monday to Friday from 8:00 to 12:00 and from 16:00 to 20:00, and on Saturdays from 9:00 to 13:00'],
    [daily('00:00-24:00'), 'todos los días las 24 horas', 'every day 24 hours'],
    [hoursOf({ monday: spans('08:30-12:00'), wednesday: spans('08:30-12:00') }), 'los lunes y miércoles de 8:30 a 12', 'on Mondays and Wednesdays from 8:30 to 12:00'],
    [hoursOf({ friday: spans('20:00-02:00'), saturday: spans('18:00-24:00') }), 'los viernes de 20 a 2 del día siguiente, y los sábados de 18 a 24', 'on Fridays from 20:00 to 2:00 the next day, and on Saturdays from 18:00 to 24:00'],
    [hoursOf({ monday: spans('08:00-12:00'), tuesday: spans('09:00-12:00'), sunday: spans('10:00-12:00') }), 'los lunes de 8 a 12; los martes de 9 a 12, y los domingos de 10 a 12', 'on Mondays from 8:00 to 12:00; on Tuesdays from 9:00 to 12:00, and on Sundays from 10:00 to 12:00'],
    [hoursOf({}), undefined, undefined],
  ])('a week: %#', (hours, es, en) => expect([describeHours(hours, 'es'), describeHours(hours, 'en')]).toEqual([es, en]));

  test.each([
    ['2026-11-27T16:00', 'hoy a las 16', 'today at 16:00'], ['2026-11-28T01:30', 'mañana a la 1:30', 'tomorrow at 1:30'],
    ['2026-11-30T08:00', 'el lunes a las 8', 'on Monday at 8:00'], ['2026-12-03T00:00', 'el jueves a las 0', 'on Thursday at 0:00'],
    ['2026-12-04T08:00', 'el viernes 4 de diciembre a las 8', 'on Friday, 4 December at 8:00'],
  ])('%s, said on Friday 27 November', (local, es, en) =>
    expect(['es', 'en'].map((language) => momentInWords(at(local), at('2026-11-27T12:30'), argentina, language as 'es'))).toEqual([es, en]));
});
