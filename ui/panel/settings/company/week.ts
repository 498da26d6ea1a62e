import type { CompanyHours, Span, Weekday } from '../../../shared/api/company-api';

export const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
export type Week = CompanyHours['week'];

/** A time field knows no 24:00: midnight at the end of a day is 00:00 there. */
export const shownEnd = (to: string): string => (to === '24:00' ? '00:00' : to);
export const storedEnd = (typed: string): string => (typed === '00:00' ? '24:00' : typed);

const split: readonly Span[] = [{ from: '08:00', to: '12:00' }, { from: '16:00', to: '20:00' }];
const straight: readonly Span[] = [{ from: '09:00', to: '18:00' }];
const all: readonly Span[] = [{ from: '00:00', to: '24:00' }];
const weekOf = (spans: (day: number) => readonly Span[]): Week => Object.fromEntries(weekdays.map((day, i) => [day, spans(i)])) as Week;

/** Weeks to begin with. */
export const presets = {
  split: weekOf((day) => (day < 5 ? split : day === 5 ? [{ from: '09:00', to: '13:00' }] : [])),
  straight: weekOf((day) => (day < 5 ? straight : [])),
  always: weekOf(() => all),
} as const;
export type Preset = keyof typeof presets;

export const noHours: CompanyHours = { week: weekOf(() => []), exceptions: [] };

/** The day's spans with one more, which begins where the last ends, if the day has room for it. */
export function withOneMore(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  if (!last) return straight;
  const hour = Number(last.to.slice(0, 2)) + 1;
  return hour >= 23 || last.to <= last.from ? [...spans, { from: '', to: '' }] : [...spans, { from: clock(hour), to: clock(Math.min(hour + 4, 24)) }];
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
