import type { ReceiptCorrection } from './case.js';
import type { Party, ReadReceipt, ReceiptField } from './receipt.js';
import { bareReference } from './values.js';

/** Nothing was read: a file that could not be opened, which a person fills in. */
export const unread: ReadReceipt = { isReceipt: true, kind: 'transfer', state: 'unknown', payer: {}, beneficiary: {}, references: [], confidence: {} };

/** A correction with a later one over it. An invoice that was meant is another customer's never. */
export function overlaid({ invoice, ...before }: ReceiptCorrection, later: ReceiptCorrection): ReceiptCorrection {
  const isTheirs = later.customer === undefined || later.customer === before.customer;
  return { ...before, ...(isTheirs && invoice !== undefined && { invoice }), ...later };
}

function party(read: Party, name: string | undefined, account?: string): Party {
  const isNumber = account !== undefined && /^[\d* -]+$/u.test(account);
  const known = account === undefined ? {} : isNumber ? { account: account.replace(/[ -]/gu, '') } : { alias: account.trim().toLowerCase() };
  return { ...read, ...(name === undefined ? {} : { name }), ...known };
}

/**
 * What was read, with what a person set right over it, which counts as read surely. Whoever corrects a picture says that it is a receipt.
 * @param currency the company's, in which people write amounts
 */
export function corrected(read: ReadReceipt, correction: ReceiptCorrection, currency: string): ReadReceipt {
  const { amount, paidOn, reference, payerName, beneficiaryName, beneficiaryAccount } = correction;
  if (Object.keys(correction).length === 0) return read;
  const set: [ReceiptField, unknown][] = [
    ['amount', amount], ['paidAt', paidOn], ['reference', reference], ['payerName', payerName], ['beneficiaryName', beneficiaryName], ['beneficiaryAccount', beneficiaryAccount],
  ];
  const isSameDay = paidOn === read.paidAt?.on;
  return {
    ...read, isReceipt: true,
    ...(amount === undefined ? {} : { amount: { amount, currency } }),
    ...(paidOn === undefined ? {} : { paidAt: { on: paidOn, ...(isSameDay && read.paidAt?.at !== undefined ? { at: read.paidAt.at } : {}) } }),
    ...(reference === undefined ? {} : { references: [{ type: 'operation', value: bareReference(reference) }, ...read.references.filter(({ type }) => type !== 'operation')] }),
    payer: party(read.payer, payerName), beneficiary: party(read.beneficiary, beneficiaryName, beneficiaryAccount),
    confidence: { ...read.confidence, ...Object.fromEntries(set.filter(([, value]) => value !== undefined).map(([field]) => [field, 1])) },
  };
}
