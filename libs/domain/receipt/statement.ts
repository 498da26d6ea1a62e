import { cents } from '../money.js';
import { sameName } from './compare.js';
import { daysFrom } from './moment.js';
import type { ReadReceipt } from './receipt.js';
import { areConfusable, tellingReferences } from './repeats.js';

/** A line of a bank's statement, or a payment of a platform: money that came in. */
export interface IncomingPayment {
  id: string;
  /** `YYYY-MM-DD` */
  on: string;
  /** Decimal string. */
  amount: string;
  /** Upper case, letters and digits. */
  references: readonly string[];
  payerName?: string;
  /** Letters and digits. */
  payerDocument?: string;
  /** The receipt that it has settled already; each settles one only. */
  settles?: string;
}

export type Confirmation =
  | { result: 'confirmed'; payment: string }
  /** Its number is there, with another amount or settled for another receipt. */
  | { result: 'mismatch'; payment: string }
  | { result: 'not-yet' };

/** Banks book a transfer of the evening, or of a weekend, days later. */
const MOST_DAYS = 4;

/** Whether a payment has a number of the receipt's, also as readers of characters mistake it; else amount, day and payer are all that speaks for it. */
export function sharesNumber(read: ReadReceipt, { references }: Pick<IncomingPayment, 'references'>): boolean {
  const numbers = tellingReferences(read);
  return references.some((one) => numbers.some((mine) => mine === one || areConfusable(mine, one)));
}

/** What its issuer numbers is found by the number; without one, amount and day have to fit, and the payer. */
export function confirm(read: ReadReceipt, payments: readonly IncomingPayment[], receipt: string): Confirmation {
  const { amount, paidAt, payer } = read;
  if (!amount) return { result: 'not-yet' };
  const numbers = tellingReferences(read);
  const isFree = (payment: IncomingPayment) => payment.settles === undefined || payment.settles === receipt;
  const isEqual = (payment: IncomingPayment) => cents(payment.amount) === cents(amount.amount);
  const isNear = ({ on }: IncomingPayment) => paidAt !== undefined && daysFrom(paidAt.on, on) >= -1 && daysFrom(paidAt.on, on) <= MOST_DAYS;
  const numbered = payments.find(({ references }) => references.some((one) => numbers.includes(one)));
  if (numbered) return { result: isFree(numbered) && isEqual(numbered) ? 'confirmed' : 'mismatch', payment: numbered.id };
  const misread = payments.filter((payment) => isFree(payment) && isEqual(payment) && isNear(payment) && payment.references.some((one) => numbers.some((mine) => areConfusable(mine, one))));
  if (misread.length === 1) return { result: 'confirmed', payment: misread[0]!.id };
  const isPayers = ({ payerName, payerDocument, references }: IncomingPayment) =>
    // A line with a number of its own that is not the receipt's is another payment.
    !(references.length > 0 && numbers.length > 0) &&
    ((payerDocument !== undefined && payerDocument === payer.document) || (payerName !== undefined && payer.name !== undefined && sameName(payerName, payer.name)));
  const fitting = payments.filter((payment) => isFree(payment) && isEqual(payment) && isNear(payment) && isPayers(payment));
  return fitting.length === 1 ? { result: 'confirmed', payment: fitting[0]!.id } : { result: 'not-yet' };
}
