import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirm, type IncomingPayment } from '../receipt/statement.js';
import { unread } from '../receipt/correct.js';
import type { ReadReceipt } from '../receipt/receipt.js';
import { alikeOf, effectsOf } from './effects.js';

const receipt = (amount: string, reference: string, payer?: string): ReadReceipt => ({
  ...unread, amount: { amount, currency: 'ARS' }, paidAt: { on: '2026-11-02' }, references: [{ type: 'operation', value: reference }], payer: payer === undefined ? {} : { name: payer },
});

describe('what payments say of receipts', () => {
  const amounts = fc.constantFrom('100.00', '24900.00');
  const numbers = fc.constantFrom('12345670', '1234S670', '12345O70', '99887766');
  const receipts = fc.array(fc.record({ amount: amounts, reference: numbers, payer: fc.option(fc.constantFrom('Juan Perez', 'Ana Gomez'), { nil: undefined }) }), { maxLength: 5 });
  const payment = fc.record({ on: fc.constantFrom('2026-11-02', '2026-11-20'), amount: amounts, references: fc.array(numbers, { maxLength: 1 }), payerName: fc.constantFrom('PEREZ JUAN', 'GOMEZ ANA') });
  const payments = fc.array(payment, { maxLength: 6 }).map((all): IncomingPayment[] => all.map((one, at) => ({ id: String(at), ...one })));

  it('is what each of them would hear if it were held against all', () => {
    fc.assert(fc.property(receipts, payments, (open, all) => {
      const reads = open.map(({ amount, reference, payer }, at) => ({ id: `r${at}`, read: receipt(amount, reference, payer) }));
      const each = reads.flatMap(({ id, read }) => {
        const told = confirm(read, all, id);
        return told.result === 'not-yet' ? [] : [{ receipt: id, ...told }];
      });
      expect(effectsOf(reads, all)).toEqual(each);
    }));
  });

  it('is told of a month’s statement and a thousand receipts at once', () => {
    const all = Array.from({ length: 20_000 }, (_, at): IncomingPayment => ({ id: String(at), on: '2026-11-02', amount: `${at}.00`, references: [String(10_000_000 + at)] }));
    const open = Array.from({ length: 1_000 }, (_, at) => ({ id: `r${at}`, read: receipt(`${at * 7}.00`, String(10_000_000 + at * 7)) }));
    expect(effectsOf(open, all)).toHaveLength(1_000);
  });
});

describe('lines that may be known under another text', () => {
  const line = (key: string, on = '2026-11-02', amount = '24900.00') => ({ key, on, amount });

  it.each([
    ['nothing is known', ['a'], [], []],
    ['all are known', ['a', 'b'], ['a', 'b'], []],
    ['a second one of the same amount came later that day', ['a', 'b'], ['a'], []],
    ['the wording changed', ['x', 'y'], ['a', 'b'], ['x', 'y']],
    ['the wording of one changed, and another came', ['x', 'y', 'z'], ['a', 'z'], ['x']],
  ])('are told where %s', (_, lines, known, alike) => {
    expect([...alikeOf(lines.map((key) => line(key)), known.map((key) => line(key)))]).toEqual(alike);
  });

  it('have the same day and amount', () => {
    expect(alikeOf([line('x'), line('y', '2026-11-03'), line('z', '2026-11-02', '24900.0')], [line('a')])).toEqual(new Set(['x']));
  });
});
