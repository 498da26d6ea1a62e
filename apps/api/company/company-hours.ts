import { isTimeZone } from '../../../libs/domain/time/time-zone.js';
import { problemsOf, weekdays, type CompanyHours, type HoursProblem } from '../../../libs/domain/hours/hours.js';
import { closingAfter, isOpen, nextOpening } from '../../../libs/domain/hours/openings.js';
import { describeHours, momentInWords } from '../../../libs/domain/hours/words.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import type { HoursQuestion, HoursWords } from './company.schema.js';

const codes: Record<HoursProblem['code'], ProblemCode> = {
  'time-wrong': 'hours-time-wrong', 'span-empty': 'hours-span-empty', 'span-backwards': 'hours-span-backwards',
  'spans-overlap': 'hours-overlap', 'date-wrong': 'hours-date-wrong', 'date-twice': 'hours-date-twice',
};
const said: Record<HoursProblem['code'], string> = {
  'time-wrong': 'hay una hora que no existe.', 'span-empty': 'un horario empieza y termina a la misma hora.',
  'span-backwards': 'un horario termina antes de empezar.', 'spans-overlap': 'dos horarios se superponen.',
  'date-wrong': 'esa fecha no existe.', 'date-twice': 'esa fecha está dos veces.',
};
const dayNames = ['Lunes', 'Martes', 'Miércoles', 'Jueves', 'Viernes', 'Sábado', 'Domingo'];

/** @throws ProblemException `hours-…`, naming the day and what is wrong with it */
export function checkHours(hours: CompanyHours): void {
  const problem = problemsOf(hours)[0];
  if (!problem) return;
  const day = dayNames[weekdays.findIndex((name) => name === problem.at)] ?? problem.at;
  throw new ProblemException(codes[problem.code], { detail: `${day}: ${said[problem.code]}` });
}

/** @throws ProblemException `time-zone-unknown` */
export function checkTimeZone(name: string): void {
  if (!isTimeZone(name)) throw new ProblemException('time-zone-unknown');
}

/** How hours would be said now. @throws ProblemException `time-zone-unknown` */
export function wordsOf({ hours, timeZone }: HoursQuestion, nowMs: number): HoursWords {
  checkTimeZone(timeZone);
  const problems = problemsOf(hours);
  if (problems.length > 0) return { problems };
  const inBoth = (say: (language: 'es' | 'en') => string) => ({ es: say('es'), en: say('en') });
  const [week, open] = [describeHours(hours, 'es'), isOpen(nowMs, hours, timeZone)];
  const until = open ? closingAfter(nowMs, hours, timeZone) : nextOpening(nowMs, hours, timeZone);
  return {
    problems,
    ...(week === undefined ? {} : { week: inBoth((language) => describeHours(hours, language)!) }),
    open,
    ...(until === undefined ? {} : { until: inBoth((language) => momentInWords(until, nowMs, timeZone, language)) }),
  };
}
