import { cents } from '../money.js';
import { compareReceipt, type Comparison, type ComparisonCode } from './compare.js';
import type { Evidence } from './evidence.js';
import type { ReceiptPolicy } from './policy.js';
import type { ReadReceipt } from './receipt.js';

export interface Verdict {
  /** not-a-receipt: the picture is something else; the conversation goes on with it. wait: a source that could confirm it has not said yet. */
  outcome: 'accepted' | 'review' | 'rejected' | 'not-a-receipt' | 'wait';
  comparisons: Comparison[];
  /** What decided, most important first. */
  reasons: ComparisonCode[];
  /** Of the least sure among the fields that count, 0 to 1. */
  confidence: number;
}

const counting = ['amount', 'paidAt', 'reference'] as const;

/** A certain no: nothing a person could see otherwise. Everything else that speaks against a receipt goes to a person. */
function refusal(read: ReadReceipt, { earlier, settled }: Evidence): ComparisonCode | undefined {
  if (read.state === 'failed' && (read.confidence.state ?? 0) >= 0.8) return 'state-failed';
  // The very same picture tells nothing that the first one, on which somebody is at work, does not.
  if (earlier.file && earlier.file.state !== 'rejected' && earlier.file.isSameCustomer) return 'file-repeated';
  if (settled === 'customer') return 'payment-registered';
  if (earlier.reference?.state === 'accepted' && earlier.reference.isSameCustomer) return 'reference-repeated';
  return undefined;
}

function isClean(comparisons: readonly Comparison[], { customer }: Evidence, read: ReadReceipt, policy: ReceiptPolicy): boolean {
  const has = (...codes: ComparisonCode[]) => comparisons.some(({ code }) => codes.includes(code));
  return customer !== undefined && customer.accepted >= policy.trustedAfter && read.amount !== undefined && cents(read.amount.amount) <= cents(policy.cleanCap)
    && has('state-completed') && has('account-own', 'account-masked-own') && has('payer-customer', 'payer-known') && has('amount-equals-invoice', 'amount-equals-balance');
}

/**
 * Pure: what becomes of a receipt. It is accepted only when nothing speaks against it and, by default, a source outside of the picture confirms it.
 * @param mayWait a source that has not said yet is asked again later
 */
export function judgeReceipt(read: ReadReceipt, evidence: Evidence, policy: ReceiptPolicy, mayWait = false): Verdict {
  const comparisons = compareReceipt(read, evidence, policy);
  const confidence = Math.min(...counting.map((field) => read.confidence[field] ?? 0));
  const verdict = (outcome: Verdict['outcome'], ...reasons: ComparisonCode[]): Verdict => ({ outcome, comparisons, reasons, confidence });
  const of = (wanted: Comparison['verdict']) => comparisons.filter(({ verdict: one }) => one === wanted).map(({ code }) => code);
  if (!read.isReceipt) return verdict('not-a-receipt');
  const no = refusal(read, evidence);
  if (no) return verdict('rejected', no);
  const against = [...of('bad'), ...of('warn')];
  if (evidence.unavailable) return mayWait ? verdict('wait', 'system-unavailable') : verdict('review', ...new Set<ComparisonCode>(['system-unavailable', ...against]));
  if (against.length > 0) return verdict('review', ...against);
  if (policy.mode === 'off' || policy.mode === 'manual') return verdict('review', ...of('none'));
  if (evidence.verified === 'confirmed') {
    const stranger = comparisons.find(({ code }) => code === 'payer-other' || code === 'payer-unread');
    return evidence.onlyByPayer && stranger ? verdict('review', stranger.code) : verdict('accepted', 'verified');
  }
  if (policy.mode === 'auto_if_clean' && isClean(comparisons, evidence, read, policy)) return verdict('accepted', ...of('good'));
  if (mayWait && evidence.verified === 'not-yet') return verdict('wait', 'verification-pending');
  return verdict('review', ...of('none'));
}
