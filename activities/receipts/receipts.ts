import type { Reversal } from './reversing.js';
import { orFailure } from '../../libs/temporal/failures.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { commandReceipt, type ReceiptCommanded, type ReceiptCommandRequest } from './commands.js';
import type { GatheringDeps } from './gathering.js';
import { readNow, type ReadingDeps, type ReadOutcome } from './reading.js';
import { remindNow, type Reminder } from './reminding.js';
import { tellOfReceipt, type ReceiptTellingDeps } from './receipt-telling.js';
import { reverseNow, type ReversingDeps } from './reversing.js';
import { weighNow, type Weighed } from './weighing.js';

/** Reading of receipts: long, and bounded by its own queue. */
export function createReceiptReadingActivities(deps: ReadingDeps) {
  return {
    /** Reads a receipt's file and keeps what it says, once. What it is the conversation finds in its own row. */
    readReceipt: (ref: ReceiptRef): Promise<ReadOutcome> => orFailure(() => readNow(deps, ref)),
  };
}

export type ReceiptDeps = GatheringDeps & ReceiptTellingDeps & ReversingDeps;

/** What becomes of a receipt. Each is idempotent, and holds the row while it decides. */
export function createReceiptActivities(deps: ReceiptDeps) {
  return {
    /** Holds it against all that is known now; accepted, its settlement is opened in the same transaction. */
    weighReceipt: (ref: ReceiptRef): Promise<Weighed> => orFailure(() => weighNow(deps, ref)),
    /** Does what a person asks; expected refusals are values. */
    receiptCommand: (request: ReceiptCommandRequest): Promise<ReceiptCommanded> => orFailure(() => commandReceipt(deps.orm, request)),
    /** Tells the customer how it is, once each. */
    tellReceipt: (ref: ReceiptRef): Promise<void> => orFailure(() => tellOfReceipt(deps, ref)),
    /** Reminds people of one that has waited for them long enough, once. */
    remindOfReview: (ref: ReceiptRef): Promise<Reminder> => orFailure(() => remindNow(deps, ref)),
    /** Has the payment taken back that a person overruled. */
    reverseReceipt: (reversal: Reversal): Promise<void> => reverseNow(deps, reversal),
  };
}

export type ReceiptActivities = ReturnType<typeof createReceiptActivities>;
export type ReceiptReadingActivities = ReturnType<typeof createReceiptReadingActivities>;
