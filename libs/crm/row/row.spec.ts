import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addDays, dateOf } from './dates.js';
import { centsOf, decimalOf, fromCents, sameAmount, sumOf } from './decimals.js';
import { amount, documentOf, flag, id, rows, text } from './values.js';

describe('values of other people’s rows', () => {
  it.each([
    [15000, '15000.00'], ['15000', '15000.00'], ['15000.5', '15000.50'], ['15000.005', '15000.01'], ['-0.75', '-0.75'], [-10, '-10.00'],
    ['$ 15.000,50', '15000.50'], ['15,000.50', '15000.50'], ['1.234.567,8', '1234567.80'], ['27900,1', '27900.10'], ['15,000', '15000.00'],
    ['0.00', '0.00'], ['-0.00', '0.00'], ['1.5.2', undefined], ['', undefined], ['gratis', undefined], [Number.NaN, undefined], [1e300, undefined],
    [null, undefined], [{}, undefined], ['--5', undefined],
  ])('the amount %j is %j', (written, read) => {
    expect(decimalOf(written)).toBe(read);
  });

  it('adds decimals exactly, and reads what it wrote', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), { maxLength: 50 }), (cents) => {
      const written = cents.map(fromCents);
      expect(centsOf(sumOf(written))).toBe(cents.reduce((sum, one) => sum + one, 0n));
      expect(written.map(decimalOf)).toEqual(written);
    }));
    expect(sameAmount('1.5', '1.50')).toBe(true);
  });

  it.each([
    ['2026-11-10', '2026-11-10'], ['2026-11-10 08:00:00', '2026-11-10'], ['2026-11-10T23:59:59Z', '2026-11-10'], ['10/11/2026', '2026-11-10'],
    ['1/2/2026 10:00:00', '2026-02-01'], ['31/02/2026', undefined], ['0000-00-00', undefined], ['11/2026', undefined], ['', undefined], [undefined, undefined],
  ])('the date %j is %j', (written, read) => {
    expect(dateOf(written)).toBe(read);
  });

  it('counts days over the end of a month', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it.each([['30.111.222', '30111222'], ['v-12.345.670', 'V12345670'], ['99999999', undefined], ['11111111', undefined], ['00000000', undefined], ['12345678', undefined], ['', undefined]])(
    'the document %j is %j', (written, read) => {
      expect(documentOf(written)).toBe(read);
    });

  it('never fails on a field, and drops a row without an id', () => {
    const row = z.object({ id, name: text, owed: amount, off: flag });
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const read = rows(row).parse([{ id: 7, name: one, owed: other, off: one, portal_password: 'x' }, { name: 'nobody' }, one]);
      expect(read[0]).toMatchObject({ id: '7' });
      expect(read[0]).not.toHaveProperty('portal_password');
    }));
    expect(rows(row).parse({ id: 1 })).toEqual([]);
  });
});
