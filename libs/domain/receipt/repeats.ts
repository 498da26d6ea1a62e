import { daysFrom } from './moment.js';
import type { ReadReceipt } from './receipt.js';
import { bareReference, foldedReference } from './values.js';

/** Bits of 256 in which pictures of one and the same receipt differ at most (libs/receipts/picture-print.ts); strangers differ in about 128. */
export const NEAR_PRINT = 40;

/** References by which a receipt is unique in a company: not those that payers choose themselves. */
export const tellingReferences = ({ references }: ReadReceipt): string[] =>
  references.filter(({ type }) => type !== 'numeric-ref' && type !== 'other').map(({ value }) => bareReference(value));

/** The same number but for letters that readers of characters confuse; equal ones are not merely confusable. */
export const areConfusable = (one: string, other: string): boolean => one !== other && foldedReference(one) === foldedReference(other);

/**
 * Whether two pictures that look alike show one and the same receipt: receipts of one app look alike every month, so what was read surely decides.
 * What could not be read speaks for neither, and leaves it to a person.
 */
export function isSameReceipt(one: ReadReceipt, other: ReadReceipt): boolean {
  const sure = (read: ReadReceipt, field: 'amount' | 'paidAt' | 'reference') => (read.confidence[field] ?? 0) >= 0.6;
  const both = (field: 'amount' | 'paidAt' | 'reference') => sure(one, field) && sure(other, field);
  if (both('reference')) {
    const theirs = tellingReferences(other);
    const ours = tellingReferences(one);
    if (ours.length > 0 && theirs.length > 0) return ours.some((mine) => theirs.some((yours) => mine === yours || areConfusable(mine, yours)));
  }
  if (both('paidAt') && daysFrom(one.paidAt!.on, other.paidAt!.on) !== 0) return false;
  if (both('paidAt') && one.paidAt!.at !== undefined && other.paidAt!.at !== undefined && one.paidAt!.at !== other.paidAt!.at) return false;
  return !(both('amount') && one.amount!.amount !== other.amount!.amount);
}
