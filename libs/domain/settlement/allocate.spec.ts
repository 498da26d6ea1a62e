import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents, sumOf } from '../money.js';
import { allocate, type Due } from './allocate.js';

const due = (id: string, dueOn: string, amount: string): Due => ({ id, number: `A-${id}`, dueOn, amount });
const three = [due('2', '2026-11-10', '20000.00'), due('1', '2026-10-10', '18900.50'), due('3', '2026-12-10', '31000.00')];
const shown = (amount: string, meant?: string) => allocate(amount, three, { meant, booking: 'invoices' }).map((part) => `${part.invoice}:${part.amount}`);

describe('what an amount covers', () => {
  it.each([
    ['just one of them', '20000', undefined, ['2:20000.00']],
    ['the one that is meant, though another has this amount', '20000', '3', ['3:20000.00']],
    ['the earliest, by less than it is', '500.00', undefined, ['1:500.00']],
    ['two of them', '38900.50', undefined, ['1:18900.50', '2:20000.00']],
    ['no more than can be closed: the rest goes with the last', '25000.00', undefined, ['1:25000.00']],
    ['all, and what is over goes with the last', '70000.00', undefined, ['1:18900.50', '2:20000.00', '3:31099.50']],
    ['the one that is meant, and then the earliest', '49900.50', '3', ['3:31000.00', '1:18900.50']],
    ['what is owed, where the one that is meant is not open any more', '18900.50', '9', ['1:18900.50']],
  ] as const)('is %s', (_, amount, meant, parts) => {
    expect(shown(amount, meant)).toEqual(parts);
  });

  it('is one payment where the system covers by itself', () => {
    expect(allocate('38900.50', three, { booking: 'account' })).toEqual([{ amount: '38900.50' }]);
    expect(allocate('38900.50', three, { booking: 'covering', meant: '3' })).toEqual([{ invoice: '3', number: 'A-3', amount: '38900.50' }]);
    expect(allocate('5', [], { booking: 'invoices' })).toEqual([{ amount: '5.00' }]);
  });

  it('is never more or less than the amount, nor an invoice twice, nor more than is due except with the last', () => {
    const money = fc.bigInt({ min: 1n, max: 10n ** 10n }).map((size) => `${size / 100n}.${String(size % 100n).padStart(2, '0')}`);
    const invoice = fc.tuple(fc.constantFrom('2026-10-10', '2026-11-10', '2026-12-10'), money);
    fc.assert(fc.property(money, fc.array(invoice, { maxLength: 6 }), fc.option(fc.nat(6), { nil: undefined }), fc.constantFrom('account', 'covering', 'invoices'), (amount, rows, at, booking) => {
      const open = rows.map(([dueOn, owed], index) => due(String(index), dueOn, owed));
      const parts = allocate(amount, open, { meant: at === undefined ? undefined : String(at), booking });
      expect(sumOf(parts.map((part) => part.amount))).toBe(sumOf([amount]));
      expect(parts.every((part) => cents(part.amount) > 0n)).toBe(true);
      const named = parts.flatMap((part) => part.invoice ?? []);
      expect(new Set(named).size).toBe(named.length);
      for (const part of parts.slice(0, -1)) expect(cents(part.amount) <= cents(open.find(({ id }) => id === part.invoice)!.amount)).toBe(true);
    }));
  });
});
