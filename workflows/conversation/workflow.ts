import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  setHandler,
  sleep,
  startChild,
  upsertSearchAttributes,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { acceptReply, decide, expireMessage, openTicket, runQuery, sendsOf, settleLook, uploadsOf } from '../activities.js';
import { startOf as noticeStartOf } from '../group-notice/contract.js';
import { startOf as receiptStartOf } from '../receipt/contract.js';
import { customerWaits, startOf as ticketStartOf, workflowId as ticketId } from '../ticket/contract.js';
import { answering, mustBeIds, oneByOne, startOnce } from '../updates.js';
import { messagesArrived, modeEnded, receiptLooked, reply, said, summary, ticketChanged, type ConversationInput } from './contract.js';

/** A conversation that nobody has written to for this long ends; the next message starts it again from its row. */
const ENDS_AFTER_IDLE_MS = 7 * 24 * 3_600_000;
/** A burst is answered at the latest this long after its first message. */
const LONGEST_BURST_MS = 8_000;
/** Replay costs 6 to 8 ms a message, continuing 20 ms (research/reply-path.md): early, not when the server suggests it. */
const CONTINUE_AFTER_EVENTS = 500;

/** The customer waits no longer than this to hear that a receipt came; what it is worth its own workflow tells. */
const LOOK_PATIENCE_MS = 120_000;

/**
 * What a decision leaves to be done: a row to send, perhaps with a file, a question to the ISP's system, a ticket to open, a receipt to look at, with
 * the step that waits to hear what it is. Ids only.
 */
type Step = { send: string; media?: true } | { query: string } | { ticket: string } | { receipt: string; step?: string };

/**
 * One customer on one channel. Takes the numbers that the journal committed, lets `decide` settle them, does what it says.
 * Holds no text and no rule: what was said and what will be are in rows, the rules in libs/domain.
 */
export async function conversation(input: ConversationInput): Promise<void> {
  const { company } = input;
  let { upTo, handled, state } = input.carried ?? { upTo: 0, handled: 0, state: 'bot' };
  let debounceMs = input.debounceMs;
  let firstOfRun = input.carried === undefined;
  let lastArrivalMs = Date.now();
  let idle = false;
  /** Rows that a decision reads have changed, though no message came. */
  let news = false;
  const outgoing = outbox((message, media) => send(input, message, media));
  const inTurn = oneByOne();
  /** Steps of which it is known what the picture is. */
  const looked = new Set<string>();

  setHandler(messagesArrived, (number) => {
    upTo = Math.max(upTo, number);
    lastArrivalMs = Date.now();
  });
  const lookAgain = (): void => {
    news = true;
    lastArrivalMs = Date.now();
  };
  setHandler(ticketChanged, lookAgain);
  setHandler(modeEnded, lookAgain);
  setHandler(receiptLooked, (step) => void looked.add(step));
  setHandler(said, (message) => void outgoing.send(message));
  /** Agents' texts become messages one after the other, so that they leave in the order in which they were accepted. */
  const acceptInTurn = ({ request }: { request: string }) =>
    inTurn(async () => {
      lastArrivalMs = Date.now();
      const accepted = await acceptReply({ company, conversation: input.conversation, request });
      for (const message of accepted.send) void outgoing.send(message, accepted.media?.includes(message));
      return accepted.answer;
    });
  setHandler(reply, (asked) => answering(() => acceptInTurn(asked)), { validator: ({ request }: { request: string }) => mustBeIds(request) });
  setHandler(summary, () => ({ upTo, handled, state }));

  /**
   * One timer for the whole run, moved on when it fires: a timer per message would cost two events each. With an open ticket it never
   * ends: agents are to find it.
   */
  const watchIdle = async (): Promise<void> => {
    const leftMs = (): number => (state === 'agent' ? ENDS_AFTER_IDLE_MS : lastArrivalMs + ENDS_AFTER_IDLE_MS - Date.now());
    for (let waitMs = ENDS_AFTER_IDLE_MS; waitMs > 0; waitMs = leftMs()) await sleep(waitMs);
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

  /** Waits to hear what a picture is, for as long as a customer may be kept waiting. */
  const hearOf = async (step: string): Promise<string> => {
    await condition(() => looked.has(step), LOOK_PATIENCE_MS);
    looked.delete(step);
    await settleLook({ company, conversation: input.conversation, step });
    return step;
  };

  /** Does the steps in their order; returns the questions that now have an answer. */
  const perform = async (steps: readonly Step[]): Promise<string[]> => {
    const answered: string[] = [];
    for (const step of steps) {
      if ('send' in step) {
        await outgoing.send(step.send, step.media);
      } else if ('ticket' in step) {
        await openCase(input, step.ticket);
        answered.push(step.ticket);
      } else if ('receipt' in step) {
        await startReceipt(company, step.receipt);
        if (step.step !== undefined) answered.push(await hearOf(step.step));
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
      if (decision.waits !== undefined) await tellTicket(company, decision.waits);
      answered = await perform(decision.steps);
    }
  };

  const isFull = (): boolean => workflowInfo().historyLength >= CONTINUE_AFTER_EVENTS;
  const isAtRest = (): boolean => allHandlersFinished() && outgoing.isEmpty();

  void watchIdle();
  for (;;) {
    await condition(() => upTo > handled || news || idle || (isFull() && isAtRest()));
    if (upTo > handled && state !== 'agent') await burst();
    if (upTo > handled || news) {
      news = false;
      await settle();
    } else if (idle) {
      await condition(isAtRest);
      if (upTo <= handled && !news) return;
    }
    if (!isFull()) continue;
    await condition(isAtRest);
    return continueAsNew<typeof conversation>({ ...input, debounceMs, carried: { v: 1, upTo, handled, state } });
  }
}

/** Sends one message after the other, whoever wrote them; one that is waiting its turn already is not put in line again. */
function outbox(sendOne: (message: string, media: boolean) => Promise<void>) {
  const inTurn = oneByOne();
  const waiting = new Map<string, Promise<void>>();
  return {
    /** @param media whether its file has to be uploaded first */
    send: (message: string, media = false): Promise<void> => {
      const known = waiting.get(message);
      if (known) return known;
      const sent = inTurn(() => sendOne(message, media)).finally(() => waiting.delete(message));
      waiting.set(message, sent);
      return sent;
    },
    isEmpty: (): boolean => waiting.size === 0,
  };
}

async function send({ company, channel, conversation: id }: ConversationInput, message: string, media: boolean): Promise<void> {
  const request = { company, channel, message };
  try {
    await (media ? uploadsOf(channel).sendMedia(request) : sendsOf(channel).send(request));
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await expireMessage({ company, conversation: id, message });
  }
}

/** Opens the ticket that a step asks for. It outlives this conversation; a decision made again finds it running. */
async function openCase({ company, channel, conversation: id }: ConversationInput, step: string): Promise<void> {
  const { notice, ...opened } = await openTicket({ company, conversation: id, step });
  const parentClosePolicy = ParentClosePolicy.ABANDON;
  await startOnce(() => startChild('ticket', { ...ticketStartOf({ company, conversation: id, ...opened }), parentClosePolicy }));
  if (notice === undefined) return; // of this number no group hears, as it was before there were notices
  await startOnce(() => startChild('groupNotice', { ...noticeStartOf({ company, channel, message: notice }), parentClosePolicy }));
}

/** A receipt outlives this conversation; a decision made again finds it running. */
const startReceipt = (company: string, receipt: string): Promise<void> =>
  startOnce(() => startChild('receipt', { ...receiptStartOf({ company, receipt }), parentClosePolicy: ParentClosePolicy.ABANDON }));

/** The ticket's workflow keeps the alarm; one that was ended by hand looks at the row when it is started again. */
async function tellTicket(company: string, number: number): Promise<void> {
  try {
    await getExternalWorkflowHandle(ticketId(company, number)).signal(customerWaits);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
