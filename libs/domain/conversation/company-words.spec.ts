import { expect, test } from 'vitest';
import { weekdays, type CompanyHours, type Span, type Weekday } from '../hours/hours.js';
import { instantOf } from '../time/local-time.js';
import { companyWords, outOfHours } from './company-words.js';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import type { Settings } from './state.js';

const zone = 'America/Argentina/Buenos_Aires';
const weekOf = (spans: (day: number) => Span[]) => Object.fromEntries(weekdays.map((day, i) => [day, spans(i)])) as Record<Weekday, Span[]>;
const office: CompanyHours = {
  week: weekOf((day) => (day < 5 ? [{ from: '08:00', to: '18:00' }] : [])), exceptions: [{ date: '2026-12-25', yearly: true, name: 'Navidad', spans: [] }],
};
const company = (hours?: CompanyHours): Settings['company'] => ({
  name: 'Litoral', timeZone: zone, locale: 'es-AR', currency: 'ARS', profile: { contacts: { phones: [], social: [] }, ...(hours ? { hours } : {}) },
});
const at = (local: string) => instantOf(local, zone)!;

test.each([
  ['2026-11-27T10:00', office, ''],
  ['2026-11-27T19:00', office, 'Ahora no hay nadie atendiendo: atendemos de lunes a viernes de 8 a 18. Te respondemos *el lunes a las 8*.'],
  ['2026-11-26T19:00', office, 'Ahora no hay nadie atendiendo: atendemos de lunes a viernes de 8 a 18. Te respondemos *mañana a las 8*.'],
  ['2026-12-25T10:00', office, 'Hoy no atendemos (Navidad). Te respondemos *el lunes a las 8*.'],
  ['2026-11-27T19:00', undefined, ''],
  ['2026-11-27T19:00', { week: weekOf(() => []), exceptions: [] }, 'Ahora no hay nadie atendiendo.'],
])('at %s who asks for a person is told: %j', (local, hours, words) => expect(outOfHours(company(hours), at(local))).toBe(words));

test('a flow may say what the company tells of itself, and says nothing of what it does not', () => {
  expect(companyWords({ name: 'Litoral', timeZone: zone, locale: 'es-AR', currency: 'ARS' }, at('2026-11-27T10:00')))
    .toEqual({ empresa: 'Litoral', bienvenida: '', horario: '', contacto: '', atencion: '' });
  const told = { ...company(office), profile: { hours: office, welcome: '¡Bienvenida!', contacts: { phones: ['0800 222'], social: [] } } };
  expect(companyWords(told, at('2026-11-27T10:00'))).toMatchObject({ bienvenida: '¡Bienvenida!', horario: 'de lunes a viernes de 8 a 18', contacto: '📞 0800 222', atencion: '' });
});

test('the number of a ticket that is asked for out of hours comes with when somebody attends, and within them without', () => {
  const ask = (hours: CompanyHours): string => {
    const chat = rehearse(new FakeIsp());
    chat.settings.company.profile = { hours, contacts: { phones: [], social: [] } };
    chat.write('hola');
    chat.write('agente');
    return chat.answer(chat.decide([chat.message({ kind: 'text', text: 'Se cortó la fibra' })])).join('|');
  };
  expect(ask({ week: weekOf(() => []), exceptions: [] })).toMatch(/^Pedido N\.º 1\.[^]*\n\nAhora no hay nadie atendiendo\.$/);
  expect(ask({ week: weekOf(() => [{ from: '00:00', to: '24:00' }]), exceptions: [] })).toMatch(/^Pedido N\.º 1\.(?![^]*atend)/);
});
