import { exceptionOn, dateAt, isOpen, nextOpening, spansOn } from '../hours/openings.js';
import { describeHours, momentInWords } from '../hours/words.js';
import { contactsInWords, noContacts } from '../company-profile.js';
import type { Variable } from '../flow/variables.js';
import type { Settings } from './state.js';

/** What flows may say of the company itself; '' for what it does not tell. */
export function companyWords(company: Settings['company'], nowMs: number): Partial<Record<Variable, string>> {
  const { name, profile } = company;
  const { hours, welcome, contacts } = profile ?? {};
  return {
    empresa: name,
    bienvenida: welcome ?? '',
    horario: (hours && describeHours(hours, 'es')) ?? '',
    contacto: contactsInWords(contacts ?? noContacts),
    atencion: outOfHours(company, nowMs),
  };
}

/** What somebody who asks for a person is told while nobody attends: why, and when again. '' while somebody does, and where nobody has said when. */
export function outOfHours({ profile, timeZone }: Settings['company'], nowMs: number): string {
  const hours = profile?.hours;
  if (!hours || isOpen(nowMs, hours, timeZone)) return '';
  const [week, next, today] = [describeHours(hours, 'es'), nextOpening(nowMs, hours, timeZone), dateAt(nowMs, timeZone)];
  const holiday = spansOn(today, hours).length === 0 ? exceptionOn(today, hours) : undefined;
  const why = holiday ? `Hoy no atendemos (${holiday.name}).` : week ? `Ahora no hay nadie atendiendo: atendemos ${week}.` : 'Ahora no hay nadie atendiendo.';
  return next === undefined ? why : `${why} Te respondemos *${momentInWords(next, nowMs, timeZone, 'es')}*.`;
}
