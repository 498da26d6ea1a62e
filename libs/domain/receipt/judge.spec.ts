import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameName, type ComparisonCode } from './compare.js';
import type { Earlier, Evidence } from './evidence.js';
import { judgeReceipt, type Verdict } from './judge.js';
import { defaultReceiptPolicy, receiptModes, type ReceiptPolicy } from './policy.js';
import { paymentStates, type ReadReceipt } from './receipt.js';

const ars = (amount: string) => ({ amount, currency: 'ARS' });
const read: ReadReceipt = {
  isReceipt: true, country: 'AR', issuer: 'mercadopago', kind: 'wallet', state: 'completed', amount: ars('24900.00'), paidAt: { on: '2026-11-26', at: '18:44' },
  payer: { name: 'GOMEZ ANA' }, beneficiary: { name: 'LITORAL FIBRA SRL', account: '2850590940090418135201' }, references: [{ type: 'operation', value: '12345678901' }],
  confidence: { amount: 0.95, paidAt: 0.95, state: 0.9, reference: 0.9, beneficiaryAccount: 0.99, beneficiaryName: 0.9, payerName: 0.9 },
};
const evidence: Evidence = {
  customer: { name: 'Ana Gómez', open: [{ id: '1', number: '0003-1', issuedOn: '2026-11-01', dueOn: '2026-11-10', amount: ars('24900.00'), state: 'open' }], knownPayers: [], accepted: 5 },
  accounts: [{ id: 'a', number: '2850590940090418135201', alias: 'litoral.fibra', holder: 'Litoral Fibra S.R.L.', document: '30712345671' }],
  earlier: {}, verified: 'confirmed', today: '2026-11-27',
};
const accepted: Earlier = { receipt: 'r', isSameCustomer: true, state: 'accepted' };
const elsewhere: Earlier = { ...accepted, isSameCustomer: false };
const customer = evidence.customer!;

type Case = [string, Partial<ReadReceipt>, Partial<Evidence>, Verdict['outcome'], ComparisonCode | undefined];
const cases: Case[] = [
  ['right and confirmed', {}, {}, 'accepted', 'verified'],
  ['right, and nobody confirms it', {}, { verified: 'no-source' }, 'review', 'no-verification-source'],
  ['right, and not confirmed yet', {}, { verified: 'not-yet' }, 'review', 'verification-pending'],
  ['of another amount than the bank says', {}, { verified: 'mismatch' }, 'review', 'verification-mismatch'],
  ['less than is due', { amount: ars('20000.00') }, {}, 'review', 'amount-below-due'],
  ['more than is due', { amount: ars('30000.00') }, {}, 'review', 'amount-above-due'],
  ['in another currency', { amount: { amount: '24900.00', currency: 'USD' } }, {}, 'review', 'currency-differs'],
  ['old', { paidAt: { on: '2026-11-10' } }, {}, 'review', 'date-old'],
  ['of tomorrow', { paidAt: { on: '2026-11-28' } }, {}, 'review', 'date-future'],
  ['older than the invoice', { paidAt: { on: '2026-11-24' } }, { customer: { ...customer, open: [{ ...customer.open[0]!, issuedOn: '2026-11-25' }] } }, 'review', 'date-before-invoice'],
  ['to another account', { beneficiary: { account: '0000003100012345678903', name: 'Otra' } }, {}, 'review', 'account-other'],
  ['to a masked account of ours', { beneficiary: { account: '****5201', name: 'Litoral Fibra' } }, {}, 'accepted', 'verified'],
  ['to a masked account of others', { beneficiary: { account: '****9999', name: 'Litoral Fibra' } }, {}, 'review', 'account-other'],
  ['for another company', { beneficiary: { name: 'Otra Fibra SA' } }, {}, 'review', 'beneficiary-other'],
  ['from a relative, confirmed without a number', { payer: { name: 'PEREZ JUAN' } }, { onlyByPayer: true }, 'review', 'payer-other'],
  ['from a relative who has paid before, confirmed without a number', { payer: { name: 'PEREZ JUAN' } }, { onlyByPayer: true, customer: { ...customer, knownPayers: ['Juan Pérez'] } }, 'accepted', 'verified'],
  ['the customer’s own, confirmed without a number', {}, { onlyByPayer: true }, 'accepted', 'verified'],
  ['from a relative', { payer: { name: 'PEREZ JUAN' } }, {}, 'accepted', 'verified'],
  ['without a number', { references: [] }, {}, 'review', 'reference-unread'],
  ['with a number unlike its issuer’s', { references: [{ type: 'operation', value: 'AB12' }] }, {}, 'review', 'reference-unlike-issuer'],
  ['pending', { state: 'pending' }, {}, 'review', 'state-not-money'],
  ['scheduled', { state: 'scheduled' }, {}, 'review', 'state-not-money'],
  ['refused by the bank', { state: 'failed' }, {}, 'rejected', 'state-failed'],
  ['sent twice', {}, { earlier: { file: accepted } }, 'rejected', 'file-repeated'],
  ['sent twice, while the first is looked at', {}, { earlier: { file: { ...accepted, state: 'open' } } }, 'rejected', 'file-repeated'],
  ['sent again after it was refused', {}, { earlier: { file: { ...accepted, state: 'rejected' } } }, 'review', 'file-repeated'],
  ['of a payment that this customer made by link', {}, { settled: 'customer', verified: 'mismatch' }, 'rejected', 'payment-registered'],
  ['of a payment that is somebody else’s by now', {}, { settled: 'other', verified: 'mismatch' }, 'review', 'payment-taken'],
  ['that may be another accepted one, which nothing proves', {}, { alike: true }, 'review', 'payment-alike'],
  ['that may be another, and is surely one', {}, { alike: true, settled: 'customer', verified: 'mismatch' }, 'rejected', 'payment-registered'],
  ['while the ISP’s system does not answer', {}, { customer: undefined, unavailable: true }, 'review', 'system-unavailable'],
  ['a PDF, where only pictures are taken', {}, { file: 'pdf' }, 'accepted', 'verified'],
  ['where no account of ours is known', {}, { accounts: [] }, 'accepted', 'verified'],
  ['the same operation again', {}, { earlier: { reference: accepted } }, 'rejected', 'reference-repeated'],
  ['somebody else’s operation', {}, { earlier: { reference: elsewhere } }, 'review', 'reference-repeated'],
  ['a new picture of an old one', {}, { earlier: { picture: elsewhere } }, 'review', 'picture-repeated'],
  ['one letter off an old one', {}, { earlier: { confusable: accepted } }, 'review', 'reference-confusable'],
  ['nobody’s', {}, { customer: undefined }, 'review', 'customer-unknown'],
  ['of who owes nothing', {}, { customer: { ...customer, open: [] } }, 'review', 'nothing-due'],
  ['by card', { kind: 'card' }, {}, 'review', 'kind-not-accepted'],
  ['hardly legible', { confidence: { ...read.confidence, amount: 0.3 } }, {}, 'review', 'amount-unread'],
  ['no receipt', { isReceipt: false }, {}, 'not-a-receipt', undefined],
];

describe('a receipt is judged', () => {
  it.each(cases)('%s', (_, changes, more, outcome, reason) => {
    const verdict = judgeReceipt({ ...read, ...changes }, { ...evidence, ...more }, defaultReceiptPolicy);
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.reasons[0]).toBe(reason);
  });

  it('waits for a source that has not said yet, where there is time', () => {
    expect(judgeReceipt(read, { ...evidence, verified: 'not-yet' }, defaultReceiptPolicy, true).outcome).toBe('wait');
    expect(judgeReceipt({ ...read, amount: ars('1.00') }, { ...evidence, verified: 'not-yet' }, defaultReceiptPolicy, true).outcome).toBe('review');
  });

  it('waits for an ISP’s system that does not answer, whatever else there is', () => {
    const away: Evidence = { ...evidence, customer: undefined, unavailable: true };
    expect(judgeReceipt(read, away, defaultReceiptPolicy, true)).toMatchObject({ outcome: 'wait', reasons: ['system-unavailable'] });
    expect(judgeReceipt({ ...read, state: 'failed' }, away, defaultReceiptPolicy, true).outcome).toBe('rejected');
  });

  it('a kind of file that the company does not take is looked at by a person', () => {
    expect(judgeReceipt(read, { ...evidence, file: 'pdf' }, { ...defaultReceiptPolicy, files: ['image'] }).reasons[0]).toBe('kind-not-accepted');
  });

  it('by its look alone only if the company says so, up to its amount, for who has paid so before', () => {
    const clean: ReceiptPolicy = { ...defaultReceiptPolicy, mode: 'auto_if_clean', cleanCap: '24900.00' };
    const unverified: Evidence = { ...evidence, verified: 'no-source' };
    expect(judgeReceipt(read, unverified, clean).outcome).toBe('accepted');
    expect(judgeReceipt(read, unverified, { ...clean, cleanCap: '24899.99' }).outcome).toBe('review');
    expect(judgeReceipt(read, { ...unverified, customer: { ...customer, accepted: 2 } }, clean).outcome).toBe('review');
    expect(judgeReceipt({ ...read, payer: { name: 'PEREZ JUAN' } }, unverified, clean).outcome).toBe('review');
  });

  it('never accepted by default without a confirmation, nor ever with anything against it', () => {
    const some = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });
    const earlier = fc.record({ file: some(elsewhere), picture: some(accepted), reference: some(accepted), confusable: some(elsewhere) });
    fc.assert(
      fc.property(
        fc.constantFrom(...paymentStates), fc.constantFrom('24900.00', '24900.01', '1.00'), fc.constantFrom('confirmed', 'not-yet', 'mismatch', 'no-source'), earlier,
        fc.constantFrom('2026-11-26', '2026-11-29', '2026-01-01'), fc.constantFrom(...receiptModes), fc.double({ min: 0, max: 1, noNaN: true }),
        (state, amount, verified, before, on, mode, sure) => {
          const seen = { ...read, state, amount: ars(amount), paidAt: { on }, confidence: { ...read.confidence, reference: sure } };
          const defined = Object.fromEntries(Object.entries(before).filter(([, one]) => one !== undefined));
          const verdict = judgeReceipt(seen, { ...evidence, verified: verified, earlier: defined }, { ...defaultReceiptPolicy, mode });
          if (verdict.outcome !== 'accepted') return;
          expect(verified).toBe('confirmed');
          expect(verdict.comparisons.some(({ verdict: one }) => one === 'bad' || one === 'warn')).toBe(false);
          expect(['auto_if_verified', 'auto_if_clean']).toContain(mode);
        },
      ),
    );
  });
});

describe('names', () => {
  it.each([
    ['GOMEZ ANA', 'Ana Gómez', true], ['LITORAL FIBRA SRL', 'Litoral Fibra S.R.L.', true], ['Fibra Lim*', 'Fibra Lima S.A.C.', true],
    ['Fibra del Norte SA DE CV', 'Fibra del Norte', true], ['Litoral Fibre', 'Litoral Fibra', true], ['SA', 'Litoral SA', false], ['Ana', 'Ana Gómez', false],
    ['Otra Fibra', 'Litoral Fibra', false], ['', 'Ana', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(sameName(one, other)).toBe(same);
    expect(sameName(other, one)).toBe(same);
  });
});
