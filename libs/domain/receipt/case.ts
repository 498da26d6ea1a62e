import type { ReadReceipt } from './receipt.js';

/**
 * Where a receipt is. reading: its file is fetched and read · waiting: a source that could confirm it has not said yet · review: a person
 * decides · accepted: its payment is a settlement (../settlement) · rejected · asked-another: somebody asked the customer for a better one ·
 * other: the picture is no receipt.
 */
export const receiptStates = ['reading', 'waiting', 'review', 'accepted', 'rejected', 'asked-another', 'other'] as const;
export type ReceiptState = (typeof receiptStates)[number];

/** How it came: by the customer in a conversation, or put up by somebody in the panel. Portal and gateway come with their issues. */
export const receiptSources = ['chat', 'panel'] as const;
export type ReceiptSource = (typeof receiptSources)[number];

/**
 * What a person may do with a receipt. approve and reject also overrule what was decided, with a reason. correct: what was misread, whose it is or
 * which invoice is meant; it is weighed again.
 */
export const receiptCommands = ['approve', 'reject', 'ask-another', 'correct'] as const;
export type ReceiptCommandKind = (typeof receiptCommands)[number];

/**
 * not-now: its state does not allow it · needs-customer: nobody knows whose payment it is · needs-amount · needs-reason · being-reversed: its payment is
 * being taken back · paid-already: with another receipt or by a link · paid-alike: perhaps, with another receipt that nothing proves.
 */
export type ReceiptRefusal = 'not-now' | 'needs-customer' | 'needs-amount' | 'needs-reason' | 'being-reversed' | 'paid-already' | 'paid-alike';

/** What a person set right: it counts as read surely. Absent: as read. */
export interface ReceiptCorrection {
  /** Decimal string, in the company's currency. */
  amount?: string;
  /** `YYYY-MM-DD` */
  paidOn?: string;
  /** The operation's number. */
  reference?: string;
  payerName?: string;
  beneficiaryName?: string;
  beneficiaryAccount?: string;
  /** The ISP system's id of whose payment it is, and of the invoice that is meant. */
  customer?: string;
  invoice?: string;
}

/** What a step of the analysis or a person did, in the order in which it happened: the trail of screens. */
export const receiptEventKinds = [
  'received', 'repeated', 'read', 'weighed', 'waiting', 'review', 'accepted', 'rejected', 'asked-another', 'corrected', 'confirmed', 'overruled', 'told', 'reminded',
] as const;
export type ReceiptEventKind = (typeof receiptEventKinds)[number];

/** What was read, by what. `model`: its name, where one took part. */
export interface Reading {
  read: ReadReceipt;
  by: 'text' | 'characters' | 'model' | 'model-and-characters';
  model?: string;
}
