import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, fromCents, sumOf } from '../money.js';
import { cover } from './allocation.js';
import { dueDateOf, invoiceNumber, invoicesFor, prorated, type BilledService } from './invoicing.js';
import { daysIn, isDay } from './month.js';

const service = (rest: Partial<BilledService>): BilledService => ({ id: 's', customer: 'c', number: '700001', plan: 'Fibra 300', price: '30000', ...rest });

describe('a month’s invoices', () => {
  it.each([
    [{}, true, '30000.00', undefined],
    [{ installedOn: '2026-01-15' }, true, '30000.00', undefined],
    [{ installedOn: '2026-11-01' }, true, '30000.00', undefined],
    [{ installedOn: '2026-11-16' }, true, '15000.00', 15],
    [{ installedOn: '2026-11-30' }, true, '1000.00', 1],
    [{ installedOn: '2026-11-16' }, false, '30000.00', undefined],
    [{ installedOn: '2026-11-11', price: '100.00' }, true, '66.67', 20],
  ] as const)('of %j, prorated: %s, are %s', (rest, prorate, amount, days) => {
    const [one, ...more] = invoicesFor([service(rest)], '2026-11', { prorate });
    expect([one!.amount, one!.days, more]).toEqual([amount, days, []]);
  });

  it.each([{ installedOn: '2026-12-01' }, { price: '0.00' }])('leave out %j', (rest) => {
    expect(invoicesFor([service(rest)], '2026-11', { prorate: true })).toEqual([]);
  });

  it('say what they are for', () => {
    expect(invoicesFor([service({ installedOn: '2026-11-16' })], '2026-11', { prorate: true })[0]!.line)
      .toBe('Fibra 300 · servicio 700001 · noviembre de 2026 (15 de 30 días)');
  });

  it('are never more for a part of the month than for all of it, and never less for more days', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 28 }), fc.constantFrom('2026-02', '2026-11', '2028-02', '2026-12'), (price, days, month) => {
      const [less, more] = [prorated(fromCents(price), days, month), prorated(fromCents(price), days + 1, month)];
      expect(cents(less) <= cents(more)).toBe(true);
      expect(prorated(fromCents(price), daysIn(month), month)).toBe(fromCents(price));
    }));
  });
});

describe('the due date', () => {
  it.each([
    [{ kind: 'day-of-month', value: 10 }, '2026-11', '2026-11-01', '2026-11-10'],
    [{ kind: 'day-of-month', value: 10 }, '2026-11', '2026-11-10', '2026-11-10'],
    [{ kind: 'day-of-month', value: 10 }, '2026-11', '2026-11-20', '2026-12-10'],
    [{ kind: 'day-of-month', value: 31 }, '2026-02', '2026-02-01', '2026-02-28'],
    [{ kind: 'day-of-month', value: 5 }, '2026-09', '2026-12-20', '2027-01-05'],
    [{ kind: 'days-after', value: 15 }, '2026-11', '2026-12-20', '2027-01-04'],
  ] as const)('by %j for %s, issued %s, is %s', (rule, month, issuedOn, due) => expect(dueDateOf(rule, month, issuedOn)).toBe(due));

  it('is a day that exists, never before the invoice is issued', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    const rule = fc.record({ kind: fc.constantFrom('day-of-month' as const, 'days-after' as const), value: fc.integer({ min: 1, max: 31 }) });
    fc.assert(fc.property(rule, day, day, (due, month, issuedOn) => {
      const on = dueDateOf(due, month.slice(0, 7), issuedOn);
      expect(isDay(on) && on >= issuedOn).toBe(true);
    }));
  });

  it('comes with a number of eight digits', () => expect(invoiceNumber('0001', 42)).toBe('0001-00000042'));
});

describe('what was paid', () => {
  it('covers its own invoice first, then the earliest, and leaves the rest in the customer’s favour', () => {
    const owed = [{ invoice: 'a', rest: '100.00' }, { invoice: 'b', rest: '50.00' }];
    expect(cover([{ payment: 'p', invoice: 'b', rest: '80.00' }], owed)).toEqual([
      { payment: 'p', invoice: 'b', amount: '50.00' }, { payment: 'p', invoice: 'a', amount: '30.00' },
    ]);
    expect(cover([{ payment: 'p', rest: '500.00' }], owed)).toHaveLength(2);
    expect(cover([{ payment: 'p', invoice: 'gone', rest: '10.00' }], [])).toEqual([]);
  });

  it('is never spent twice, and never covers more than is owed', () => {
    const money = fc.integer({ min: 1, max: 100_000 }).map((value) => fromCents(BigInt(value)));
    const many = fc.array(money, { maxLength: 8 });
    fc.assert(fc.property(many, many, fc.array(fc.nat(7)), (paid, due, wanted) => {
      const credits = paid.map((rest, at) => ({ payment: `p${at}`, rest, ...(wanted[at] === undefined ? {} : { invoice: `i${wanted[at]}` }) }));
      const owed = due.map((rest, at) => ({ invoice: `i${at}`, rest }));
      const parts = cover(credits, owed);
      const of = (key: 'payment' | 'invoice', id: string) => cents(sumOf(parts.filter((part) => part[key] === id).map((part) => part.amount)));
      for (const { payment, rest } of credits) expect(of('payment', payment) <= cents(rest)).toBe(true);
      for (const { invoice, rest } of owed) expect(of('invoice', invoice) <= cents(rest)).toBe(true);
      const least = cents(sumOf(paid)) < cents(sumOf(due)) ? cents(sumOf(paid)) : cents(sumOf(due));
      expect(cents(sumOf(parts.map((part) => part.amount)))).toBe(least);
      expect(new Set(parts.map((part) => `${part.payment} ${part.invoice}`)).size).toBe(parts.length);
    }));
  });
});
