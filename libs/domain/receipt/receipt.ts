import type { Money } from '../customers.js';

/**
 * A receipt: a customer's proof of payment, as it was read. The vocabulary that the reader of texts, a model with vision, the
 * comparisons and the screens share. Sources of layouts and identifiers: research/external-apis.md, section 11.
 */

export const receiptCountries = ['AR', 'MX', 'PE', 'CO', 'EC', 'CL'] as const;
export type ReceiptCountry = (typeof receiptCountries)[number];

export const receiptKinds = ['transfer', 'wallet', 'deposit', 'card', 'cash-voucher', 'other'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

/** What the receipt says of the payment itself. Only `completed` is money. */
export const paymentStates = ['completed', 'pending', 'scheduled', 'failed', 'unknown'] as const;
export type PaymentState = (typeof paymentStates)[number];

export interface Party {
  name?: string;
  /** Letters and digits only (CUIT, RUT, RFC, DNI …). */
  document?: string;
  /** CBU, CVU, CLABE or account number, digits; what is masked keeps its `*`. */
  account?: string;
  /** Lower case. */
  alias?: string;
  bank?: string;
}

/** operation: the issuer's own number · coelsa: Argentina's clearing house · rastreo: Mexico's SPEI · numeric-ref: a number the payer chose · auth. */
export const referenceTypes = ['operation', 'coelsa', 'rastreo', 'numeric-ref', 'auth', 'other'] as const;
export type ReferenceType = (typeof referenceTypes)[number];

export interface Reference {
  type: ReferenceType;
  /** As it is compared: upper case, letters and digits. */
  value: string;
}

export interface PaidAt {
  /** `YYYY-MM-DD`, on the issuer's wall clock. */
  on: string;
  /** `HH:MM` */
  at?: string;
  /** The receipt names no year: the last one in which this day is not in the future was taken. */
  yearGuessed?: true;
}

/** Fields that are read and weighed one by one. */
export const receiptFields = [
  'amount', 'paidAt', 'state', 'payerName', 'beneficiaryName', 'beneficiaryAccount', 'beneficiaryDocument', 'reference', 'issuer',
] as const;
export type ReceiptField = (typeof receiptFields)[number];

export interface ReadReceipt {
  isReceipt: boolean;
  country?: ReceiptCountry;
  /** An id of `issuers.ts`. */
  issuer?: string;
  kind: ReceiptKind;
  state: PaymentState;
  amount?: Money;
  paidAt?: PaidAt;
  payer: Party;
  beneficiary: Party;
  references: Reference[];
  concept?: string;
  /** 0 to 1 for each field that was read. */
  confidence: Partial<Record<ReceiptField, number>>;
}

/** Where something stands: its top left corner and its size, as parts (0 to 1) of the picture's width and height, the picture standing upright. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A piece of a line that was seen at one place: a word, or what stood together in a PDF. */
export interface PlacedWord {
  text: string;
  place: Place;
}

/** One line of a receipt in reading order. */
export interface ReadLine {
  text: string;
  /** How sure the reader of characters is, 0 to 1; a PDF's own text has 1. */
  confidence: number;
  /** Height of its letters relative to the usual line's; amounts are printed large. */
  scale?: number;
  /** Left to right; absent where nobody knows where they stand. */
  words?: readonly PlacedWord[];
}
