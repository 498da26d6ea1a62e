import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  setHandler,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { TicketCommandKind } from '../../libs/domain/ticket/command.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { answerInGroup, checkTicket, ticketCommand } from '../activities.js';
import { ticketChanged, workflowId as conversationId } from '../conversation/contract.js';
import { startOf as noticeStartOf } from '../group-notice/contract.js';
import { answering, mustBeIds, oneByOne, startOnce } from '../updates.js';
import {
  answeredInGroup,
  close,
  customerWaits,
  note,
  REFUSED,
  reopen,
  summary,
  take,
  transfer,
  type Order,
  type TicketAnswer,
  type TicketInput,
  type TicketSnapshot,
  type TransferOrder,
} from './contract.js';

/** A closed ticket can be looked up in the Temporal UI as running for this long; a command after it starts the workflow again. */
const ENDS_AFTER_CLOSED_MS = 3 * 24 * 3_600_000;
const CONTINUE_AFTER_EVENTS = 500;

/**
 * The life of a case that people handle. Commands come one by one, are decided by libs/domain on the row and answered with what became
 * of it; of many who take it at once one wins. It holds no text and no rule.
 *
 * The alarm: the conversation tells when its customer begins to wait. Nobody tells when an agent has answered; the timer then finds
 * nothing to raise, which costs less than a signal for each answer.
 */
export async function ticket(input: TicketInput): Promise<void> {
  const { company, ticket: id } = input;
  const inTurn = oneByOne();
  let known = input.carried?.known;
  /** Nobody has looked at the row yet, or not since the customer began to wait. */
  let unseen = true;
  let alarmMs: number | undefined;
  /** Answers in the group that nobody has looked at. */
  const said: string[] = [];

  /** Keeps what a command made of the ticket, and shows it to operations. */
  const keep = (now: TicketSnapshot): void => {
    if (now.state !== (known?.state ?? 'pending')) upsertSearchAttributes([{ key: searchAttributes.state, value: now.state }]);
    if (now.assignee !== known?.assignee) upsertSearchAttributes([{ key: searchAttributes.agent, value: now.assignee ?? null }]);
    known = now;
  };

  const run = (kind: TicketCommandKind, { command, actor, to }: Order & Partial<TransferOrder>): Promise<TicketAnswer> =>
    answering(() =>
      inTurn(async () => {
        const answer = await ticketCommand({ company, ticket: id, command, kind, actor, ...(to && { to }) });
        if (!answer.ok) return answer;
        keep(answer.ticket);
        if (kind === 'close' || kind === 'reopen') await tellConversation(input);
        return answer;
      }),
    );

  const validator = ({ command, actor }: Order): void => mustBeIds(command, actor);
  setHandler(take, (order) => run('take', order), {
    validator: (order: Order) => {
      validator(order);
      refuseIfTaken(known, order.actor);
    },
  });
  setHandler(note, (order) => run('note', order), { validator });
  setHandler(close, (order) => run('close', order), { validator });
  setHandler(reopen, (order) => run('reopen', order), { validator });
  setHandler(transfer, (order) => run('transfer', order), {
    validator: ({ command, actor, to }: TransferOrder) => mustBeIds(command, actor, 'agent' in to ? to.agent : to.department),
  });
  setHandler(customerWaits, () => void (unseen = true));
  setHandler(answeredInGroup, (answer) => void said.push(answer));
  setHandler(summary, () => known);

  const isFull = (): boolean => workflowInfo().historyLength >= CONTINUE_AFTER_EVENTS;
  /** When something is to be done by itself: the end of a closed ticket, the alarm of an open one. */
  const dueMs = (): number | undefined => (known?.state === 'closed' ? (known.closedAtMs ?? 0) + ENDS_AFTER_CLOSED_MS : alarmMs);

  for (;;) {
    const due = dueMs();
    const isNews = (): boolean => said.length > 0 || (unseen && known?.state !== 'closed') || dueMs() !== due || (isFull() && allHandlersFinished());
    const woken = due === undefined ? condition(isNews).then(() => true) : condition(isNews, Math.max(1, due - Date.now()));
    const isDue = !(await woken);
    while (said.length > 0) {
      const answer = said.shift()!;
      const taken = await inTurn(() => hearGroup(company, id, answer));
      if (taken) keep(taken);
    }
    if (isDue && known?.state === 'closed') {
      await condition(allHandlersFinished);
      if (dueMs() === due) return;
    }
    if (isFull() && allHandlersFinished()) return continueAsNew<typeof ticket>({ ...input, carried: { v: 1, known } });
    if (!isDue && !unseen) continue;
    unseen = false;
    const { ticket: now, dueInMs } = await inTurn(() => checkTicket({ company, ticket: id }));
    keep(now);
    alarmMs = dueInMs === undefined ? undefined : Date.now() + dueInMs;
  }
}

/**
 * What most of those hear who are too late, as a rejection: it leaves no trace, so that a thousand of them do not fill the history. The
 * row is not read for them, as nobody but this workflow changes it.
 */
function refuseIfTaken(known: TicketSnapshot | undefined, actor: string): void {
  if (known?.state !== 'in-progress' || known.assignee === undefined || known.assignee === actor) return;
  const refusal: TicketAnswer = { ok: false, reason: 'taken', by: { agent: known.assignee, atMs: known.takenAtMs ?? 0 } };
  throw ApplicationFailure.nonRetryable('Taken', REFUSED, refusal);
}

/** Lets whoever said so in the group have the ticket, and the group hear of it. */
async function hearGroup(company: string, ticket: string, answer: string): Promise<TicketSnapshot | undefined> {
  const { ticket: taken, text } = await answerInGroup({ company, ticket, answer });
  if (text) await startOnce(() => startChild('groupNotice', { ...noticeStartOf({ company, ...text }), parentClosePolicy: ParentClosePolicy.ABANDON }));
  return taken;
}

/** One that has ended finds out from the row when it is started again. */
async function tellConversation({ company, conversation }: TicketInput): Promise<void> {
  try {
    await getExternalWorkflowHandle(conversationId(company, conversation)).signal(ticketChanged);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
