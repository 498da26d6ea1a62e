import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReceipt } from './parse.js';
import { areConfusable, isSameReceipt, tellingReferences } from './repeats.js';
import { writtenReceipts } from './scripted-receipts.js';
import { confirm, type IncomingPayment } from './statement.js';
import { foldedReference } from './values.js';

const read = parseReceipt(writtenReceipts[0]!.text.split('\n').map((text) => ({ text, confidence: 1 })), { usual: 'AR', today: '2026-03-03' });
const payment = (more: Partial<IncomingPayment> = {}): IncomingPayment => ({ id: 'p', on: '2026-03-03', amount: '24900.00', references: ['12345678901'], ...more });

describe('a bank’s statement', () => {
  it.each<[string, IncomingPayment[], object]>([
    ['has the number', [payment()], { result: 'confirmed', payment: 'p' }],
    ['has the clearing house’s number', [payment({ references: ['L6KX9ZN2QW8RT4YV1MPB07'] })], { result: 'confirmed', payment: 'p' }],
    ['has the number as a reader misreads it', [payment({ references: ['1Z345678901'.replace('Z', '7')] }), payment({ id: 'q', amount: '1.00', references: ['9'] })], { result: 'confirmed', payment: 'p' }],
    ['has the number with another amount', [payment({ amount: '2490.00' })], { result: 'mismatch', payment: 'p' }],
    ['has the number, settled for another receipt', [payment({ settles: 'other' })], { result: 'mismatch', payment: 'p' }],
    ['has it settled for this very receipt', [payment({ settles: 'r' })], { result: 'confirmed', payment: 'p' }],
    ['has amount, day and payer', [payment({ references: [], payerName: 'GOMEZ ANA' })], { result: 'confirmed', payment: 'p' }],
    ['has amount, day and the payer’s document', [payment({ references: [], payerDocument: '20123456786' })], { result: 'confirmed', payment: 'p' }],
    ['has amount and day of somebody else', [payment({ references: [], payerName: 'PEREZ JUAN' })], { result: 'not-yet' }],
    ['has the payer with a payment of another number', [payment({ references: ['99999999'], payerName: 'GOMEZ ANA' })], { result: 'not-yet' }],
    ['has two that fit', [payment({ references: [], payerName: 'GOMEZ ANA' }), payment({ id: 'q', references: [], payerName: 'GOMEZ ANA' })], { result: 'not-yet' }],
    ['has it weeks later', [payment({ references: [], payerName: 'GOMEZ ANA', on: '2026-03-20' })], { result: 'not-yet' }],
    ['has nothing', [], { result: 'not-yet' }],
  ])('%s', (_, payments, confirmation) => expect(confirm(read, payments, 'r')).toEqual(confirmation));
});

describe('a receipt that comes again', () => {
  it('is known by its number, also misread, else by day, hour and amount', () => {
    const other = { ...read, references: [{ type: 'operation' as const, value: '99999999' }] };
    const illegible = { ...read, references: [], confidence: { ...read.confidence, reference: 0.1 } };
    expect(isSameReceipt(read, read)).toBe(true);
    expect(isSameReceipt(read, other)).toBe(false);
    expect(isSameReceipt(read, illegible)).toBe(true);
    expect(isSameReceipt(read, { ...illegible, paidAt: { on: '2026-04-02', at: '18:44' } })).toBe(false);
    expect(isSameReceipt(read, { ...illegible, amount: { amount: '1.00', currency: 'ARS' } })).toBe(false);
    expect(tellingReferences({ ...read, references: [{ type: 'numeric-ref', value: '1' }] })).toEqual([]);
  });

  it('confusable numbers are those that differ in look-alikes only', () => {
    expect(areConfusable('L5KF2Q81', 'L5KF2QS1')).toBe(false); // 8 and S are no look-alikes
    expect(areConfusable('NOAX3', 'N0AX3')).toBe(true);
    expect(areConfusable('A1', 'A1')).toBe(false);
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ABISOZ0158') }), (text) => {
      expect(foldedReference(foldedReference(text))).toBe(foldedReference(text));
    }));
  });
});
