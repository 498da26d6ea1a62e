import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  sleep,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { decide, expireMessage, runQuery, sendsOf } from '../activities.js';
import { messagesArrived, summary, type ConversationInput } from './contract.js';

/** A conversation that nobody has written to for this long ends; the next message starts it again from its row. */
const ENDS_AFTER_IDLE_MS = 7 * 24 * 3_600_000;
/** A burst is answered at the latest this long after its first message. */
const LONGEST_BURST_MS = 8_000;
/** Replay costs 6 to 8 ms a message, continuing 20 ms (research/reply-path.md): early, not when the server suggests it. */
const CONTINUE_AFTER_EVENTS = 500;

/** What a decision leaves to be done: a row to send, or a question to the ISP's system. Ids only. */
type Step = { send: string } | { query: string };

/**
 * One customer on one channel. Takes the numbers that the journal committed, lets `decide` settle them, does what it says.
 * Holds no text and no rule: what was said and what will be are in rows, the rules in libs/domain.
 */
export async function conversation(input: ConversationInput): Promise<void> {
  const { company, channel } = input;
  let { upTo, handled, state } = input.carried ?? { upTo: 0, handled: 0, state: 'bot' };
  let debounceMs = input.debounceMs;
  let firstOfRun = input.carried === undefined;
  let lastArrivalMs = Date.now();
  let idle = false;

  setHandler(messagesArrived, (number) => {
    upTo = Math.max(upTo, number);
    lastArrivalMs = Date.now();
  });
  setHandler(summary, () => ({ upTo, handled, state }));

  /** One timer for the whole run, moved on when it fires: a timer per message would cost two events each. */
  const watchIdle = async (): Promise<void> => {
    for (let leftMs = ENDS_AFTER_IDLE_MS; leftMs > 0; leftMs = lastArrivalMs + ENDS_AFTER_IDLE_MS - Date.now()) {
      await sleep(leftMs);
    }
    idle = true;
  };

  /** Waits until the customer has stopped writing for a moment. */
  const burst = async (): Promise<void> => {
    const endsMs = Date.now() + LONGEST_BURST_MS;
    for (let seen = 0; seen < upTo && debounceMs > 0 && Date.now() < endsMs; ) {
      seen = upTo;
      await sleep(debounceMs);
    }
  };

  const send = async (message: string): Promise<void> => {
    try {
      await sendsOf(channel).send({ company, channel, message });
    } catch (error) {
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      await expireMessage({ company, conversation: input.conversation, message });
    }
  };

  /** Does the steps in their order; returns the questions that now have an answer. */
  const perform = async (steps: readonly Step[]): Promise<string[]> => {
    const answered: string[] = [];
    for (const step of steps) {
      if ('send' in step) {
        await send(step.send);
      } else {
        await runQuery({ company, conversation: input.conversation, step: step.query });
        answered.push(step.query);
      }
    }
    return answered;
  };

  /** Decides and does, until nothing is left to do. */
  const settle = async (): Promise<void> => {
    for (let answered: string[] = [], more = true; more; more = answered.length > 0) {
      const decision = await decide({
        company,
        conversation: input.conversation,
        decision: uuid4(),
        upTo,
        answered,
        firstOfRun,
      });
      firstOfRun = false;
      handled = decision.handledSeq;
      debounceMs = decision.debounceMs;
      if (decision.state !== state) {
        state = decision.state;
        upsertSearchAttributes([{ key: searchAttributes.state, value: state }]);
      }
      answered = await perform(decision.steps);
    }
  };

  void watchIdle();
  for (;;) {
    await condition(() => upTo > handled || idle);
    if (idle && upTo <= handled) return;
    await burst();
    await settle();
    if (workflowInfo().historyLength < CONTINUE_AFTER_EVENTS) continue;
    await condition(allHandlersFinished);
    return continueAsNew<typeof conversation>({ ...input, debounceMs, carried: { v: 1, upTo, handled, state } });
  }
}
