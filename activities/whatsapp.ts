import { ApplicationFailure } from '@temporalio/common';
import type { ChannelSender, SendRequest } from '../libs/channels/channel.js';
import { failureTypes, retryable } from '../libs/temporal/failures.js';

/** What is known of a message when its activity ends: the network took it, or refused it for good. */
export interface SendResult {
  state: 'sent' | 'failed';
  /** Why it was refused, e.g. `ack-463`. */
  cause?: string;
}

/** Activities of one number, run by the gateway that holds it. */
export function createWhatsAppActivities({ sender }: { sender: ChannelSender }) {
  return {
    /**
     * Sends a row of `messages` under the id that the row has; a message that is out already is not sent again. While the link is
     * down or the outcome is not known it fails in a way that Temporal tries again.
     */
    async send(request: SendRequest): Promise<SendResult> {
      const outcome = await sender.send(request);
      switch (outcome.state) {
        case 'sent':
          return { state: 'sent' };
        case 'failed':
          return { state: 'failed', cause: outcome.cause };
        case 'missing':
          throw ApplicationFailure.nonRetryable('This channel has no such message', 'MESSAGE_MISSING');
        case 'offline':
          throw retryable(failureTypes.channelOffline, 'The number is not linked right now');
        case 'fenced':
          throw retryable(failureTypes.fenced, 'The number has passed to another gateway');
        case 'unknown':
          throw retryable(failureTypes.outcomeUnknown, outcome.cause);
      }
    },
  };
}

export type WhatsAppActivities = ReturnType<typeof createWhatsAppActivities>;
