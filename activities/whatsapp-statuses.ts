import type { SendOutcome, StatusPoster, StatusRequest } from '../libs/channels/channel.js';
import { failureTypes, later, retryable } from '../libs/temporal/failures.js';

export interface PostResult {
  /** `gone`: nobody wants it any more, the row says why. `unknown`: the network has not said a word. */
  state: 'done' | 'failed' | 'unknown' | 'gone';
  cause?: string;
}

/** While nothing has left this process, Temporal tries again. */
function settled(outcome: SendOutcome): PostResult {
  switch (outcome.state) {
    case 'sent':
      return { state: 'done' };
    case 'failed':
    case 'unknown':
      return { state: outcome.state, cause: outcome.cause };
    case 'missing':
      return { state: 'gone' };
    case 'offline':
      throw retryable(failureTypes.channelOffline, 'The number is not linked right now');
    case 'unsent':
      throw retryable(failureTypes.notSent, outcome.cause);
    case 'held':
      throw later(outcome.waitMs, outcome.reason);
    case 'fenced':
      throw retryable(failureTypes.fenced, 'The number has passed to another gateway');
  }
}

/** Statuses of one number, run by the gateway that holds it. */
export function createStatusPostActivities({ poster }: { poster: StatusPoster }) {
  return {
    /** Publishes a status under the id that its row has, so that one that went out before is seen once. */
    publishStatus: async (request: StatusRequest): Promise<PostResult> => settled(await poster.publishStatus(request)),

    /** Takes a status back from everybody who got it: asked again until the network has said something. */
    async removeStatus(request: StatusRequest): Promise<PostResult> {
      const result = settled(await poster.removeStatus(request));
      if (result.state === 'unknown') throw retryable(failureTypes.outcomeUnknown, result.cause ?? 'no-ack');
      return result;
    },
  };
}

export type StatusPostActivities = ReturnType<typeof createStatusPostActivities>;
