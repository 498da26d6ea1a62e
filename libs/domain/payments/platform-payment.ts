import { cents, fromCents } from '../money.js';
import type { Money } from '../customers.js';

/** What a payment platform says of one payment: the vocabulary of the port in `libs/payments`. Nothing of a platform comes further than that. */

/** Names as the platforms' API has them (research/external-apis.md, 6); whatever else one says is `unknown`, never money. */
export const platformStatuses = [
  'pending', 'approved', 'authorized', 'in_process', 'in_mediation', 'rejected', 'cancelled', 'refunded', 'charged_back', 'unknown',
] as const;
export type PlatformStatus = (typeof platformStatuses)[number];

export interface PlatformPayment {
  /** The platform's own: digits. */
  id: string;
  status: PlatformStatus;
  /** The platform's word on why: `accredited`, `partially_refunded`, `reimbursed`. */
  detail?: string;
  amount: Money;
  /** Decimal string: how much of it was given back. */
  refunded: string;
  /** What we called it when the link was made; a transfer that nobody announced has none. */
  externalReference?: string;
  /** Whose account got it: the platform's id of the seller. */
  collector?: string;
  /** ISO instants. */
  createdAt: string;
  approvedAt?: string;
  /** `money_transfer`, `bank_transfer`, `account_money`: which ones stand for an incoming transfer differs by country. */
  operation?: string;
  method?: string;
  /** Everything that names it on a payer's screen: upper case, letters and digits, its id first. */
  references: readonly string[];
  payerName?: string;
  /** Letters and digits. */
  payerDocument?: string;
}

/**
 * What a payment means for whoever waits for the money. paid: it is there, also after a dispute that was won · partly-refunded: a part of it went
 * back · reversed: it was there and is gone · waiting: nobody knows yet · failed: it never came.
 */
export type MoneyState = 'paid' | 'partly-refunded' | 'reversed' | 'waiting' | 'failed';

const byStatus: Record<Exclude<PlatformStatus, 'approved' | 'charged_back'>, MoneyState> = {
  pending: 'waiting', authorized: 'waiting', in_process: 'waiting', in_mediation: 'waiting', unknown: 'waiting', rejected: 'failed', cancelled: 'failed', refunded: 'reversed',
};

export function moneyStateOf({ status, detail, amount, refunded }: Pick<PlatformPayment, 'status' | 'detail' | 'amount' | 'refunded'>): MoneyState {
  if (status === 'charged_back') return detail === 'reimbursed' ? 'paid' : 'reversed';
  if (status !== 'approved') return byStatus[status];
  if (cents(refunded) === 0n) return 'paid';
  return cents(refunded) >= cents(amount.amount) ? 'reversed' : 'partly-refunded';
}

const OF_A_COMPANY = /^(?<company>[a-z0-9][a-z0-9-]{1,39}):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** Whether a payment pays a link of another company, which has the same account at the platform: it is none of this one's, and proves nothing here. */
export function isAnotherCompanys({ externalReference = '' }: Pick<PlatformPayment, 'externalReference'>, company: string): boolean {
  const whose = OF_A_COMPANY.exec(externalReference)?.groups?.['company'];
  return whose !== undefined && whose !== company;
}

/** What of it is still there. */
export const netOf = ({ amount, refunded }: Pick<PlatformPayment, 'amount' | 'refunded'>): string => fromCents(cents(amount.amount) - cents(refunded));

/** The link that a payment says it pays. */
export interface AskedFor {
  externalReference: string;
  /** ISO 4217 */
  currency: string;
  /** Whose account the link was made for. */
  collector: string;
}

/** Why a payment is not the one that a link asked for: such a one settles nothing, and a person is told. */
export type Stranger = 'reference' | 'currency' | 'collector';

/** Whether a payment is the link's. Its amount may differ (a payer adds or a platform rounds): what came is what counts. */
export function strangerTo(payment: Pick<PlatformPayment, 'externalReference' | 'amount' | 'collector'>, link: AskedFor): Stranger | undefined {
  if (payment.externalReference !== link.externalReference) return 'reference';
  if (payment.collector !== link.collector) return 'collector';
  return payment.amount.currency === link.currency ? undefined : 'currency';
}
