import { ApplicationFailure } from '@temporalio/common';
import type { ChannelSender, SendOutcome, SendRequest } from '../libs/channels/channel.js';
import { failureTypes, later, retryable } from '../libs/temporal/failures.js';
import { alive } from './alive.js';

/** What is known of a message when its activity ends: the network took it, or refused it for good. */
export interface SendResult {
  state: 'sent' | 'failed' | 'unknown';
  /** Why it was refused, e.g. `ack-463`, or why nothing is known. */
  cause?: string;
}

/**
 * So often in a row a message may end in doubt over an open link before the conversation goes on without it: some ten minutes. One
 * that the client library chokes on must not hold all that the customer writes after it. The row stays `unknown`: a late ack or mark
 * still settles it.
 */
const MOST_DOUBTS = 60;

/** So often nothing of it may leave this process, some minutes: what the customer is told next must not wait a day for a file. */
const MOST_UNSENT = 20;

/** What a message with a file may take, of the five minutes that its activity has. */
const MEDIA_PATIENCE_MS = 270_000;

type Send = () => Promise<SendOutcome>;

/** Activities of one number, run by the gateway that holds it. */
export function createWhatsAppActivities({ sender }: { sender: ChannelSender }) {
  const doubts = new Map<string, number>();

  /** Counts, and says whether it is enough. In memory: a gateway that starts again tries as often again. */
  const isEnough = (key: string, most: number): boolean => {
    const count = (doubts.get(key) ?? 0) + 1;
    doubts.delete(key);
    if (count < most) doubts.set(key, count);
    return count >= most;
  };

  /** @param key of the row, by which its doubts are counted */
  const settled = async (key: string, send: Send): Promise<SendResult> => {
    const outcome = await send();
    if (outcome.state === 'sent' || outcome.state === 'failed') doubts.delete(key);
    switch (outcome.state) {
      case 'sent':
        return { state: 'sent' };
      case 'failed':
        return { state: 'failed', cause: outcome.cause };
      case 'missing':
        throw ApplicationFailure.nonRetryable('This channel has no such message', 'MESSAGE_MISSING');
      case 'offline':
        throw retryable(failureTypes.channelOffline, 'The number is not linked right now');
      case 'held':
        throw later(outcome.waitMs, outcome.reason);
      case 'unsent':
        // The conversation gives the row up and goes on; the row says why.
        if (isEnough(key, MOST_UNSENT)) throw ApplicationFailure.nonRetryable(outcome.cause, failureTypes.notSent);
        throw retryable(failureTypes.notSent, outcome.cause);
      case 'fenced':
        throw retryable(failureTypes.fenced, 'The number has passed to another gateway');
      case 'unknown':
        if (isEnough(key, MOST_DOUBTS)) return { state: 'unknown', cause: outcome.cause };
        throw retryable(failureTypes.outcomeUnknown, outcome.cause);
    }
  };

  return {
    /**
     * Sends a row of `messages` under the id that the row has; a message that is out already is not sent again. While the link is
     * down or the outcome is not known it fails in a way that Temporal tries again. Where the bot types first, or the number may not
     * send yet, the wait is Temporal's between two attempts: this activity's own time stays short.
     */
    send: (request: SendRequest): Promise<SendResult> => settled(`${request.channel}/${request.message}`, () => sender.send(request)),

    /** As `send`, for a row whose file has to be uploaded first. */
    sendMedia: (request: SendRequest): Promise<SendResult> =>
      alive(() => settled(`${request.channel}/${request.message}`, () => sender.send(request, MEDIA_PATIENCE_MS))),

    /** As `send`, for a row of `group_messages`. */
    sendToGroup: (request: SendRequest): Promise<SendResult> =>
      settled(`${request.channel}/group/${request.message}`, () => sender.sendToGroup(request)),
  };
}

export type WhatsAppActivities = ReturnType<typeof createWhatsAppActivities>;
