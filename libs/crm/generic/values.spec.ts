import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCents } from '../../domain/money.js';
import { amountIn, amountOf, choiceOf, dateOf, instantOf, joinedOf, numberOf, textsOf } from './values.js';

const said = (value: unknown) => ({ value });
const from = ['$.value'];

describe('values of a described system', () => {
  it.each([
    ['27.900,10', '27900.10'], ['$ 27.900,10', '27900.10'], ['1,234,567.8', '1234567.80'], ['S/. 12', '12.00'], ['-$ 500,5', '-500.50'], ['AR$ -500', '-500.00'], ['12.5', '12.50'], ['0.125', '0.13'],
    ['1.234.567', '1234567.00'], ['1234.567', '1234.57'], ["1'234.50", '1234.50'], ['15 000,5 ARS', '15000.50'], ['0', '0.00'], ['-0,00', '0.00'],
  ])('the amount %j is %s', (text, amount) => {
    expect(amountIn(text)).toEqual({ ok: true, value: amount });
  });

  it.each([['1.234', 'ambiguous-amount'], ['12,345', 'ambiguous-amount'], ['12,34,5', 'not-an-amount'], ['1.23.456', 'not-an-amount'], ['gratis', 'not-an-amount'], ['5-3', 'not-an-amount'], ['1 de 2', 'not-an-amount'], ['--5', 'not-an-amount']])(
    'of %j nobody knows how much it is: %s', (text, problem) => {
      expect(amountIn(text)).toMatchObject({ ok: false, problem });
    });

  it('knows what the decimal mark is where the description says so, and in numbers', () => {
    expect([amountIn('1.234', ','), amountIn('1.234', '.'), amountIn('150.000', ',')].map((one) => one.ok && one.value)).toEqual(['1234.00', '1.23', '150000.00']);
    expect(amountIn('1,5', '.')).toMatchObject({ ok: false });
    expect(amountOf({ from, decimal: ',' }, said(1.234))).toEqual({ ok: true, value: '1.23' });
    expect(amountOf({ from, negate: true }, said(-27900.1))).toEqual({ ok: true, value: '27900.10' });
    expect(amountOf({ from }, said(1e21))).toMatchObject({ ok: false, problem: 'not-an-amount' });
  });

  it('reads every amount that is written with its cents, in both ways of the region', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (cents) => {
      const amount = fromCents(cents);
      const [whole = '', decimals = ''] = amount.split('.');
      const grouped = (mark: string) => whole.replace(/\B(?=(?:\d{3})+$)/gu, mark);
      for (const text of [`$ ${grouped('.')},${decimals}`, `${grouped(',')}.${decimals}`]) expect(amountIn(text)).toEqual({ ok: true, value: amount });
    }));
  });

  it.each([
    ['2026-11-10', undefined, '2026-11-10'], ['2026-11-10T23:00:00-03:00', undefined, '2026-11-10'], ['1/2/2026', undefined, '2026-02-01'], ['02/01/2026', ['MM/DD/YYYY'], '2026-02-01'],
    ['20261110', ['YYYYMMDD'], '2026-11-10'], ['1762732800', ['unix'], '2025-11-10'], ['10-11-2026 08:00', ['DD-MM-YYYY'], '2026-11-10'],
  ] as const)('the date %s is read', (text, formats, day) => {
    expect(dateOf({ from, ...(formats ? { formats: [...formats] } : {}) }, said(text))).toEqual({ ok: true, value: day });
  });

  it.each([['31/02/2026', 'not-a-date'], ['mañana', 'not-a-date'], ['0000-00-00', 'missing'], ['00/00/0000', 'missing'], [null, 'missing']])('%s is no date: %s', (text, problem) => {
    expect(dateOf({ from }, said(text))).toMatchObject({ ok: false, problem });
  });

  it('takes an instant only where it says its offset', () => {
    expect(instantOf({ from }, said('2026-11-01 09:00:00-0300'))).toEqual({ ok: true, value: '2026-11-01T12:00:00.000Z' });
    expect(instantOf({ from }, said('2026-11-01 09:00:00'))).toMatchObject({ problem: 'not-a-date' });
  });

  it('joins names, gathers phones, reads numbers with their units, and translates words', () => {
    expect(joinedOf({ from: ['$.a', '$.b'] }, { a: ' Ana ', b: 'Gómez' })).toEqual({ ok: true, value: 'Ana Gómez' });
    expect(textsOf({ from: ['$.a', '$.b[*].n'] }, { a: 1, b: [{ n: '2' }, { n: null }] })).toEqual({ ok: true, value: ['1', '2'] });
    expect(textsOf({ from }, said({ a: 1 }))).toEqual({ ok: false, problem: 'not-text' });
    expect([numberOf({ from }, said('-19,5 dBm')), numberOf({ from }, said('300 Mbps')), numberOf({ from }, said(8))].map((one) => one.ok && one.value)).toEqual([-19.5, 300, 8]);
    const field = { from, values: { open: ['Impaga', '1'], paid: ['Pagada'] } };
    expect([choiceOf(field, said('impaga')), choiceOf(field, said(1)), choiceOf({ ...field, otherwise: 'cancelled' }, said('Nula'))].map((one) => one.ok && one.value)).toEqual(['open', 'open', 'cancelled']);
    expect(choiceOf(field, said('Nula'))).toEqual({ ok: false, problem: 'unknown-value', said: 'Nula' });
  });
});
