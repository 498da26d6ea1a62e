import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { DomainError } from '../domain/errors.js';

/** Kinds of failure of an activity that Temporal tries again, by name: they appear as the failure's type. */
export const failureTypes = {
  /** The number is not linked right now: nothing was sent. */
  channelOffline: 'CHANNEL_OFFLINE',
  /** Not yet, as somebody would wait who writes by hand, or as the number's budget or WhatsApp says: nothing was sent, nothing is wrong. */
  heldBack: 'HELD_BACK',
  /** Nothing was sent yet: its file could not be read or uploaded, or still is. */
  notSent: 'NOT_SENT',
  /** The network did not answer: the message may be out or not; the same id is sent again. */
  outcomeUnknown: 'OUTCOME_UNKNOWN',
  /** The number's lease has passed on: this process may not write for it any more. */
  fenced: 'FENCED',
} as const;

/** A failure that the retry policy decides about. The message must carry no personal data, though it is encrypted. */
export const retryable = (type: (typeof failureTypes)[keyof typeof failureTypes], message: string): ApplicationFailure =>
  ApplicationFailure.create({ type, message, nonRetryable: false });

/** What is waited for is looked at again after this at the latest: a restriction may lift before its time. */
const LONGEST_WAIT_MS = 60_000;

/** Not a failure: the activity is to run again after a while, which costs no event in a history. */
export const later = (waitMs: number, message: string): ApplicationFailure =>
  ApplicationFailure.create({
    type: failureTypes.heldBack, message, nonRetryable: false, nextRetryDelay: Math.min(Math.max(Math.ceil(waitMs), 1), LONGEST_WAIT_MS), category: ApplicationFailureCategory.BENIGN,
  });

/** A broken rule as Temporal carries it: named by its code, not worth another try. */
export const asFailure = (error: DomainError): ApplicationFailure =>
  ApplicationFailure.create({ type: error.code, message: error.message, nonRetryable: true, cause: error });

/** Runs work whose broken rules are not worth another try; every other error is Temporal's to try again. */
export async function orFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? asFailure(error) : error;
  }
}
