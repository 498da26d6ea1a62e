import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentIn } from './moment.js';

const TODAY = '2026-11-27';

describe('the moment of a payment', () => {
  it.each<[string, object | undefined]>([
    ['Lunes 02 de marzo de 2026 a las 18:44 hs', { on: '2026-03-02', at: '18:44' }],
    ['02 mar. 2026 | 3:23 a.m.', { on: '2026-03-02', at: '03:23' }],
    ['02 de agosto de 2026 a las 06:00 p. m.', { on: '2026-08-02', at: '18:00' }],
    ['18 de noviembre de 2026 alas 08:47 p.', { on: '2026-11-18', at: '20:47' }],
    ['13 sep 2026', { on: '2026-09-13' }],
    ['02/03/2026 12:05:59', { on: '2026-03-02', at: '12:05' }],
    ['2026-03-02 00:10', { on: '2026-03-02', at: '00:10' }],
    ['02-03-26', { on: '2026-03-02' }],
    ['Nov 18, 2026 8:47 PM', { on: '2026-11-18', at: '20:47' }],
    ['12:00 a. m. 5 dic 2025', { on: '2025-12-05', at: '00:00' }],
    ['21 Abr', { on: '2026-04-21', yearGuessed: true }],
    ['21 Dic - 10:15', { on: '2025-12-21', at: '10:15', yearGuessed: true }],
    ['31/02/2026', undefined],
    ['CUIT 20-12345678-6', undefined],
    ['Número 12345678901', undefined],
    ['$ 24.900,00', undefined],
  ])('%s', (line, moment) => expect(momentIn(line, TODAY)).toEqual(moment));

  it('may have its time in the line below', () => {
    expect(momentIn('Fecha 18/11/2026', TODAY, 'Hora 20:47')).toEqual({ on: '2026-11-18', at: '20:47' });
    expect(momentIn('Fecha 18/11/2026', TODAY, '19/11/2026 20:47')).toEqual({ on: '2026-11-18' });
  });

  it('is read from each form of each day', () => {
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2026-11-27'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, fc.constantFrom('numeric', 'long', 'short'), (on, form) => {
        const [year, month, day] = on.split('-').map(Number) as [number, number, number];
        const name = new Intl.DateTimeFormat('es', { month: form === 'long' ? 'long' : 'short', timeZone: 'UTC' }).format(new Date(on));
        const text = form === 'numeric' ? `${day}/${month}/${year}` : form === 'long' ? `${day} de ${name} de ${year}` : `${day} ${name} ${year}`;
        expect(momentIn(text, TODAY)).toEqual({ on });
      }),
    );
  });
});
