import type { SettlementState } from '../settlement/settlement.js';
import type { ReceiptCommandKind, ReceiptRefusal, ReceiptState } from './case.js';

/** What a command is decided on. */
export interface ReceiptFacts {
  state: ReceiptState;
  /** State of its settlement, where it has one that stands. Of a receipt that is not accepted it is, or is about to be, taken back. */
  settlement?: SettlementState;
  hasCustomer: boolean;
  /** An amount in the company's currency is known, read or set right. */
  hasAmount: boolean;
}

export interface ReceiptAsked {
  kind: ReceiptCommandKind;
  hasReason: boolean;
  /** Approve although its payment, or its number, was taken by another. */
  despite: boolean;
}

export type ReceiptDecision =
  /** overrules: it was decided before. reverses: its payment is to be taken back. */
  | { ok: true; to: ReceiptState; overrules: boolean; reverses: boolean }
  | { ok: false; reason: ReceiptRefusal };

const refused = (reason: ReceiptRefusal): ReceiptDecision => ({ ok: false, reason });
const decided: readonly ReceiptState[] = ['accepted', 'rejected', 'other'];

function approval({ state, settlement, hasCustomer, hasAmount }: ReceiptFacts, { hasReason, despite }: ReceiptAsked): ReceiptDecision {
  if (state === 'accepted') return refused('not-now');
  if (settlement !== undefined) return refused('being-reversed');
  if (!hasCustomer) return refused('needs-customer');
  if (!hasAmount) return refused('needs-amount');
  const overrules = decided.includes(state);
  if ((overrules || despite) && !hasReason) return refused('needs-reason');
  return { ok: true, to: 'accepted', overrules, reverses: false };
}

function rejection({ state, settlement }: ReceiptFacts, { hasReason }: ReceiptAsked): ReceiptDecision {
  if (state === 'rejected') return refused('not-now');
  if (!hasReason) return refused('needs-reason');
  if (state !== 'accepted') return { ok: true, to: 'rejected', overrules: false, reverses: false };
  if (settlement === 'reversing' || settlement === 'kept') return refused('being-reversed');
  return { ok: true, to: 'rejected', overrules: true, reverses: settlement !== undefined };
}

/**
 * Pure: what a person's command makes of a receipt. The customer is told the reason of a refusal, so there has to be one; what is paid is corrected
 * in the ISP's system, not here.
 */
export function decideReceipt(facts: ReceiptFacts, asked: ReceiptAsked): ReceiptDecision {
  if (facts.state === 'reading') return refused('not-now');
  switch (asked.kind) {
    case 'approve':
      return approval(facts, asked);
    case 'reject':
      return rejection(facts, asked);
    case 'ask-another':
      if (facts.state === 'accepted') return refused('not-now');
      return asked.hasReason ? { ok: true, to: 'asked-another', overrules: facts.state === 'rejected', reverses: false } : refused('needs-reason');
    case 'correct':
      if (facts.state === 'accepted') return refused('not-now');
      // Weighed again it could be accepted, for a payment that is being taken back.
      return facts.settlement === undefined ? { ok: true, to: 'review', overrules: facts.state === 'rejected', reverses: false } : refused('being-reversed');
  }
}
