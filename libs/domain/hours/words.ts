import { localTimeOf } from '../time/local-time.js';
import { DAY_MINUTES, endOf, minutesOf, weekdayOf, weekdays, type CompanyHours, type Span } from './hours.js';
import { dateAt, dayAfter } from './openings.js';

export type HoursLanguage = 'es' | 'en';

const days: Record<HoursLanguage, readonly string[]> = {
  es: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const months: Record<HoursLanguage, readonly string[]> = {
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

/**
 * Pure: the week in words, to be said after "Atendemos": "de lunes a viernes de 8 a 12 y de 16 a 20, y los sábados de 9 a 13".
 * Undefined for a week in which nobody ever attends. Exceptions are not told.
 */
export function describeHours({ week }: CompanyHours, language: HoursLanguage): string | undefined {
  const groups = new Map<string, number[]>();
  for (const [day, name] of weekdays.entries()) {
    const spans = spansInWords(week[name], language);
    if (spans !== '') groups.set(spans, [...(groups.get(spans) ?? []), day]);
  }
  const parts = [...groups].map(([spans, those]) => `${daysInWords(those, language)} ${spans}`);
  return parts.length === 0 ? undefined : listed(parts, language === 'es' ? ', y ' : ', and ', '; ');
}

/** Pure: one day's spans, "de 8 a 12 y de 16 a 20", or '' for a day without any. */
export function spansInWords(spans: readonly Span[], language: HoursLanguage): string {
  const sorted = [...spans].sort((one, other) => minutesOf(one.from) - minutesOf(other.from));
  return listed(sorted.map((span) => spanInWords(span, language)), language === 'es' ? ' y ' : ' and ');
}

function spanInWords(span: Span, language: HoursLanguage): string {
  const [from, end] = [minutesOf(span.from), endOf(span)];
  if (from === 0 && end === DAY_MINUTES) return language === 'es' ? 'las 24 horas' : '24 hours';
  const isOver = end > DAY_MINUTES;
  if (language === 'en') return `from ${clock(from, language)} to ${clock(end, language)}${isOver ? ' the next day' : ''}`;
  return `de ${clock(from, language)} a ${clock(end, language)}${isOver ? ' del día siguiente' : ''}`;
}

/** "8", "8:30"; English keeps the minutes, without which it would be no time. */
function clock(minutes: number, language: HoursLanguage): string {
  const within = minutes > DAY_MINUTES ? minutes - DAY_MINUTES : minutes;
  const [hour, minute] = [Math.floor(within / 60), within % 60];
  return minute === 0 && language === 'es' ? String(hour) : `${hour}:${String(minute).padStart(2, '0')}`;
}

/** @param those from 0 (Monday), ascending */
function daysInWords(those: readonly number[], language: HoursLanguage): string {
  const names = days[language];
  if (those.length === 7) return language === 'es' ? 'todos los días' : 'every day';
  const isRun = those.length > 2 && those.at(-1)! - those[0]! === those.length - 1;
  if (language === 'en') return isRun ? `${names[those[0]!]!} to ${names[those.at(-1)!]!}` : `on ${listed(those.map((day) => `${names[day]!}s`), ' and ')}`;
  return isRun ? `de ${names[those[0]!]!} a ${names[those.at(-1)!]!}` : `los ${listed(those.map((day) => plural(names[day]!)), ' y ')}`;
}

const plural = (day: string): string => (day.endsWith('s') ? day : `${day}s`);

const listed = (parts: readonly string[], last: string, between = ', '): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(between)}${last}${parts.at(-1)!}`;

/**
 * Pure: when something is, as it is said now: "hoy a las 16", "mañana a la 1:30", "el lunes a las 8", "el lunes 4 de enero a las 8".
 * @param atMs not before `nowMs`
 */
export function momentInWords(atMs: number, nowMs: number, timeZone: string, language: HoursLanguage): string {
  const local = localTimeOf(atMs, timeZone);
  return `${dayInWords(local.slice(0, 10), dateAt(nowMs, timeZone), language)} ${timeInWords(minutesOf(local.slice(11)), language)}`;
}

function dayInWords(date: string, today: string, language: HoursLanguage): string {
  const isSpanish = language === 'es';
  if (date === today) return isSpanish ? 'hoy' : 'today';
  if (date === dayAfter(today, 1)) return isSpanish ? 'mañana' : 'tomorrow';
  const day = days[language][weekdays.indexOf(weekdayOf(date))]!;
  const [number, month] = [Number(date.slice(8)), months[language][Number(date.slice(5, 7)) - 1]!];
  const isNear = date < dayAfter(today, 7);
  if (!isSpanish) return isNear ? `on ${day}` : `on ${day}, ${number} ${month}`;
  return isNear ? `el ${day}` : `el ${day} ${number} de ${month}`;
}

function timeInWords(minutes: number, language: HoursLanguage): string {
  if (language === 'en') return `at ${clock(minutes, language)}`;
  return `${Math.floor(minutes / 60) === 1 ? 'a la' : 'a las'} ${clock(minutes, language)}`;
}
