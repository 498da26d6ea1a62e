import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossCheck } from './cross-check.js';
import { parseReceipt } from './parse.js';
import type { ReadReceipt } from './receipt.js';
import { writtenReceipts } from './scripted-receipts.js';

const context = { usual: 'AR', today: '2026-11-27', minConfidence: 0.6 } as const;
const ars = (amount: string) => ({ amount, currency: 'ARS' });
const CBU = '2850590940090418135201';
const text = 'Comprobante de transferencia\nImporte: $ 24.900,00\nFecha: 26/11/2026\nDe: Ana Gómez\nPara: Litoral Fibra SRL\nCBU destino: 2850590940090418135201\nNúmero de operación: 12345678901\nTransferencia exitosa';
const model: ReadReceipt = {
  isReceipt: true, country: 'AR', kind: 'transfer', state: 'completed', amount: ars('24900.00'), paidAt: { on: '2026-11-26' }, payer: { name: 'Ana Gómez' },
  beneficiary: { name: 'Litoral Fibra SRL', account: CBU }, references: [{ type: 'operation', value: '12345678901' }],
  confidence: { amount: 0.8, paidAt: 0.8, state: 0.8, payerName: 0.8, beneficiaryName: 0.8, beneficiaryAccount: 0.8, reference: 0.8 },
};
const rules: ReadReceipt = { ...model, confidence: { ...model.confidence, amount: 0.7, paidAt: 0.7, reference: 0.7, beneficiaryAccount: 0.99 } };
const check = (byRules: Partial<ReadReceipt>, byModel: Partial<ReadReceipt> = {}, seen = text) =>
  crossCheck({ ...rules, ...byRules }, { read: { ...model, ...byModel }, text: seen }, context);
const blank: Partial<ReadReceipt> = { isReceipt: false, amount: undefined, paidAt: undefined, references: [], beneficiary: {}, payer: {}, state: 'unknown', confidence: {} };

describe('two readings of a receipt', () => {
  it('that agree are surer than either', () => {
    const { confidence, ...read } = check({});
    expect(read).toMatchObject({ isReceipt: true, amount: ars('24900.00'), references: model.references, beneficiary: { account: CBU } });
    expect(confidence).toMatchObject({ amount: 0.94, paidAt: 0.94, reference: 0.94 });
  });

  it('are the model’s where the rules read nothing, as far as its transcript bears it out', () => {
    expect(check(blank)).toMatchObject({ isReceipt: true, amount: ars('24900.00'), confidence: { amount: 0.8, reference: 0.8, beneficiaryAccount: 0.8 } });
    const invented = check(blank, {}, 'Comprobante de transferencia');
    for (const field of ['amount', 'reference', 'beneficiaryAccount'] as const) expect(invented.confidence[field]).toBeLessThan(0.6);
    expect(check(blank, { amount: ars('2490.00') }).confidence.amount).toBeLessThan(0.6);
  });

  it.each<[string, Partial<ReadReceipt>, Partial<ReadReceipt>, 'amount' | 'reference' | 'paidAt' | 'beneficiaryAccount' | 'beneficiaryName']>([
    ['another amount', { amount: ars('2490.00') }, {}, 'amount'], ['another currency', { amount: { amount: '24900.00', currency: 'USD' } }, {}, 'amount'],
    ['another number', { references: [{ type: 'operation', value: '12345678907' }] }, {}, 'reference'], ['another day', { paidAt: { on: '2026-11-25' } }, {}, 'paidAt'],
    ['no receipt', {}, { isReceipt: false }, 'amount'],
    ['the payer’s account', {}, { payer: { account: CBU }, beneficiary: {} }, 'beneficiaryAccount'],
    ['the payer’s name', {}, { payer: { name: 'Litoral Fibra SRL' }, beneficiary: { account: CBU } }, 'beneficiaryName'],
  ])('that differ by %s count as not read', (_, byRules, byModel, field) => {
    expect(check(byRules, byModel).confidence[field]).toBeLessThan(context.minConfidence);
  });

  it('take the account whose check digits fit, whoever read it', () => {
    expect(check({}, { beneficiary: { account: '2850590940090418135207' } }).beneficiary.account).toBe(CBU);
    const misread = { beneficiary: { account: '2850590940090418135207' }, confidence: { ...rules.confidence, beneficiaryAccount: 0.9 } };
    expect(check(misread)).toMatchObject({ beneficiary: { account: CBU }, confidence: { beneficiaryAccount: 0.9 } });
    expect(check({ beneficiary: { account: '****5201' } })).toMatchObject({ beneficiary: { account: CBU } });
    expect(check({ beneficiary: { account: '****9999' } }).confidence.beneficiaryAccount).toBeLessThan(0.6);
  });

  it.each(['pending', 'scheduled', 'failed'] as const)('are no money where one of them reads %s', (state) => {
    for (const read of [check({ state }), check({}, { state })]) {
      expect(read.state).toBe(state);
      expect(read.confidence.state).toBeLessThan(context.minConfidence);
    }
  });

  it('keep of numbers in dispute the rules’, and take others that the transcript has behind their label', () => {
    expect(check({ references: [{ type: 'operation', value: '99999999999' }] }).references).toEqual([{ type: 'operation', value: '99999999999' }]);
    const coelsa = { type: 'coelsa', value: 'L6KX9ZN2QW8RT4YV1MPB07' } as const;
    const both = { references: [...model.references, coelsa] };
    expect(check({}, both, `${text}\nCoelsa ID: L6KX9ZN2QW8RT4YV1MPB07`).references).toEqual([...model.references, coelsa]);
    expect(check({}, both).references).toEqual(model.references);
  });

  it('read what the rules read, where the model wrote it all down', () => {
    for (const { text: written, usual } of writtenReceipts) {
      const read = parseReceipt(written.split('\n').map((line) => ({ text: line, confidence: 0.9 })), { usual, today: context.today });
      const one = crossCheck(read, { read, text: written }, { ...context, usual });
      expect({ ...one, confidence: {} }).toEqual({ ...read, confidence: {} });
      for (const [field, sure] of Object.entries(read.confidence)) expect(one.confidence[field as 'amount']).toBeGreaterThanOrEqual(sure);
    }
  });

  it('never make an amount or a number surer than the rules that read another one, nor show what nobody read', () => {
    const amount = fc.constantFrom('24900.00', '2490.00', '24900.01').map(ars);
    const reference = fc.constantFrom('12345678901', '12345678907', '88888888').map((value) => [{ type: 'operation' as const, value }]);
    const sure = fc.double({ min: 0, max: 1, noNaN: true });
    const some = fc.record({ amount, references: reference, confidence: fc.record({ amount: sure, reference: sure }) });
    fc.assert(fc.property(some, some, fc.constantFrom(text, '', 'Importe: $ 24.900,01\nOperación: 88888888'), (byRules, byModel, seen) => {
      const one = check(byRules, byModel, seen);
      expect([byRules.amount.amount, byModel.amount.amount]).toContain(one.amount!.amount);
      for (const [, confidence] of Object.entries(one.confidence)) expect(confidence >= 0 && confidence <= 1).toBe(true);
      if (byRules.amount.amount !== byModel.amount.amount) {
        expect(one.confidence.amount).toBeLessThanOrEqual(byRules.confidence.amount);
        expect(one.confidence.amount).toBeLessThan(context.minConfidence);
      }
      if (byRules.references[0]!.value !== byModel.references[0]!.value) {
        expect(one.references).toEqual(byRules.references);
        expect(one.confidence.reference).toBeLessThanOrEqual(byRules.confidence.reference);
        expect(one.confidence.reference).toBeLessThan(context.minConfidence);
      }
    }));
  });
});
