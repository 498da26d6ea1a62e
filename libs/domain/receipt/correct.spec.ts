import { describe, expect, it } from 'vitest';
import { corrected, overlaid, unread } from './correct.js';
import type { ReadReceipt } from './receipt.js';

const read: ReadReceipt = {
  isReceipt: true, kind: 'wallet', state: 'completed', amount: { amount: '2490.00', currency: 'USD' }, paidAt: { on: '2026-11-26', at: '18:44', yearGuessed: true },
  payer: { name: 'GOMEZ ANA', document: '20123456786' }, beneficiary: { name: 'OTRA', account: '1', alias: 'otra.cuenta' },
  references: [{ type: 'operation', value: '1234S' }, { type: 'coelsa', value: 'L6KX9ZN2QW8RT4YV1MPB07' }], confidence: { amount: 0.4, paidAt: 0.9, state: 0.9 },
};

describe('what a person sets right', () => {
  it('stands in place of what was read, surely, and leaves the rest', () => {
    const set = corrected(read, { amount: '24900.00', reference: '12 345', beneficiaryAccount: 'Litoral.Fibra' }, 'ARS');
    expect(set).toEqual({
      ...read, amount: { amount: '24900.00', currency: 'ARS' }, references: [{ type: 'operation', value: '12345' }, read.references[1]],
      beneficiary: { ...read.beneficiary, alias: 'litoral.fibra' }, confidence: { ...read.confidence, amount: 1, reference: 1, beneficiaryAccount: 1 },
    });
  });

  it('a corrected day keeps the hour of the same day only, and has its year', () => {
    expect(corrected(read, { paidOn: '2026-11-26' }, 'ARS').paidAt).toEqual({ on: '2026-11-26', at: '18:44' });
    expect(corrected(read, { paidOn: '2026-11-25' }, 'ARS').paidAt).toEqual({ on: '2026-11-25' });
  });

  it('without a correction nothing changes; with one, a picture is a receipt', () => {
    const other = { ...unread, isReceipt: false };
    expect(corrected(other, {}, 'ARS')).toBe(other);
    expect(corrected(other, { customer: '7' }, 'ARS').isReceipt).toBe(true);
    expect(overlaid({ amount: '1.00', customer: '7' }, { amount: '2.00' })).toEqual({ amount: '2.00', customer: '7' });
  });
});
