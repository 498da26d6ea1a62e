import type { ReceiptKind } from './receipt.js';

/**
 * What a company lets happen without a person. manual: nothing · auto_if_verified: what the bank's statement or the payment platform confirms ·
 * auto_if_clean: also what only looks right, up to an amount and for customers who have paid so before. Pictures prove nothing: the default
 * never accepts on one alone.
 */
export const receiptModes = ['off', 'manual', 'auto_if_verified', 'auto_if_clean'] as const;
export type ReceiptMode = (typeof receiptModes)[number];

/** What becomes of a payment that was registered and is refused afterwards. task: a person is told, nothing is undone. */
export const refusalPolicies = ['reverse', 'reverse-and-suspend', 'task'] as const;
export type RefusalPolicy = (typeof refusalPolicies)[number];

export interface ReceiptPolicy {
  mode: ReceiptMode;
  kinds: readonly ReceiptKind[];
  files: readonly ('image' | 'pdf')[];
  /** A receipt older than this is looked at by a person. */
  maxAgeDays: number;
  /** Fields read with less count as not read. 0 to 1. */
  minConfidence: number;
  /** With `auto_if_clean`: above it a person looks. Decimal string in the company's currency. */
  cleanCap: string;
  /** With `auto_if_clean`: so many accepted receipts make a customer trusted. */
  trustedAfter: number;
  /** An amount below what is due. */
  partial: 'register' | 'review';
  /** What follows acceptance. */
  actions: { register: boolean; reactivate: boolean; tell: boolean; notify: boolean };
  /** Reactivate also where something overdue stays open after the payment. */
  reactivateOnPartial: boolean;
  onRefusal: RefusalPolicy;
  /** People are reminded of a receipt that has waited for them so many hours; 0: never. */
  remindAfterHours: number;
}

export const defaultReceiptPolicy: ReceiptPolicy = {
  mode: 'auto_if_verified',
  kinds: ['transfer', 'wallet', 'deposit'],
  files: ['image', 'pdf'],
  maxAgeDays: 5,
  minConfidence: 0.6,
  cleanCap: '0.00',
  trustedAfter: 3,
  partial: 'review',
  actions: { register: true, reactivate: true, tell: true, notify: true },
  reactivateOnPartial: false,
  onRefusal: 'task',
  remindAfterHours: 4,
};

/** What of it a settlement keeps; `reactivateOnPartial` absent: opened by a release that always reactivated. */
export type SettlingPolicy = Pick<ReceiptPolicy, 'actions' | 'onRefusal'> & Partial<Pick<ReceiptPolicy, 'reactivateOnPartial'>>;

export const settlingPolicy = ({ actions, onRefusal, reactivateOnPartial }: ReceiptPolicy): SettlingPolicy => ({ actions, onRefusal, reactivateOnPartial });

/** A policy as a row keeps it; what its release did not know yet, or nobody chose, is the default. */
export const policyFrom = (stored: Partial<ReceiptPolicy>): ReceiptPolicy =>
  ({ ...defaultReceiptPolicy, ...stored, actions: { ...defaultReceiptPolicy.actions, ...stored.actions } });
