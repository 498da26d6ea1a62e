import { describe, expect, it } from 'vitest';
import { receiptCommands, receiptStates, type ReceiptState } from './case.js';
import { decideReceipt, type ReceiptAsked, type ReceiptFacts } from './command.js';
import { nextLookMs } from './waiting.js';

const facts = (state: ReceiptState, more: Partial<ReceiptFacts> = {}): ReceiptFacts => ({ state, hasCustomer: true, hasAmount: true, ...more });
const asked = (kind: ReceiptAsked['kind'], more: Partial<ReceiptAsked> = {}): ReceiptAsked => ({ kind, hasReason: true, despite: false, ...more });

describe('a command on a receipt', () => {
  it.each<[string, ReceiptFacts, ReceiptAsked, object]>([
    ['approve', facts('review'), asked('approve', { hasReason: false }), { ok: true, to: 'accepted', overrules: false }],
    ['approve one of nobody', facts('review', { hasCustomer: false }), asked('approve'), { ok: false, reason: 'needs-customer' }],
    ['approve one without an amount', facts('review', { hasAmount: false }), asked('approve'), { ok: false, reason: 'needs-amount' }],
    ['approve what was rejected, without a reason', facts('rejected'), asked('approve', { hasReason: false }), { ok: false, reason: 'needs-reason' }],
    ['approve what was rejected', facts('rejected'), asked('approve'), { ok: true, to: 'accepted', overrules: true }],
    ['approve what is being taken back', facts('rejected', { settlement: 'reversing' }), asked('approve'), { ok: false, reason: 'being-reversed' }],
    ['approve what was overruled, before its payment is taken back', facts('rejected', { settlement: 'done' }), asked('approve'), { ok: false, reason: 'being-reversed' }],
    ['correct what was overruled, while its payment is taken back', facts('rejected', { settlement: 'kept' }), asked('correct'), { ok: false, reason: 'being-reversed' }],
    ['approve despite a repetition, without a reason', facts('review'), asked('approve', { despite: true, hasReason: false }), { ok: false, reason: 'needs-reason' }],
    ['approve twice', facts('accepted'), asked('approve'), { ok: false, reason: 'not-now' }],
    ['reject', facts('waiting'), asked('reject'), { ok: true, to: 'rejected', reverses: false }],
    ['reject without a reason', facts('review'), asked('reject', { hasReason: false }), { ok: false, reason: 'needs-reason' }],
    ['reject what is paid', facts('accepted', { settlement: 'done' }), asked('reject'), { ok: true, to: 'rejected', overrules: true, reverses: true }],
    ['reject what is being registered', facts('accepted', { settlement: 'registering' }), asked('reject'), { ok: true, to: 'rejected', reverses: true }],
    ['reject what is being taken back', facts('accepted', { settlement: 'kept' }), asked('reject'), { ok: false, reason: 'being-reversed' }],
    ['ask for another', facts('review'), asked('ask-another'), { ok: true, to: 'asked-another' }],
    ['ask for another when it is paid', facts('accepted'), asked('ask-another'), { ok: false, reason: 'not-now' }],
    ['correct what is no receipt', facts('other'), asked('correct', { hasReason: false }), { ok: true, to: 'review' }],
    ['correct what is paid', facts('accepted'), asked('correct'), { ok: false, reason: 'not-now' }],
  ])('%s', (_, on, command, decision) => expect(decideReceipt(on, command)).toMatchObject(decision));

  it('nothing is decided of what is still read, and only what was accepted is ever taken back', () => {
    for (const kind of receiptCommands) {
      expect(decideReceipt(facts('reading'), asked(kind))).toEqual({ ok: false, reason: 'not-now' });
      for (const state of receiptStates) expect(decideReceipt(facts(state), asked(kind))).not.toMatchObject(state === 'accepted' ? { to: 'accepted' } : { reverses: true });
    }
  });
});

describe('waiting for a source', () => {
  it('asks soon, then rarely, then no more', () => {
    const minutes = [0, 1, 6, 36, 96, 216, 456, 936, 1656].map((at) => nextLookMs(0, at * 60_000));
    expect(minutes.map((ms) => ms && ms / 60_000)).toEqual([1, 5, 30, 60, 120, 240, 480, 720, undefined]);
  });
});
