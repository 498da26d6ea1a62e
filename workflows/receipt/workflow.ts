import {
  allHandlersFinished, condition, continueAsNew, getExternalWorkflowHandle, isCancellation, ParentClosePolicy, patched, setHandler, sleep, startChild, upsertSearchAttributes, workflowInfo,
} from '@temporalio/workflow';
import { receiptCommands, type ReceiptCommandKind, type ReceiptState } from '../../libs/domain/receipt/case.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { readReceipt, receiptCommand, remindOfReview, reverseReceipt, tellReceipt, weighReceipt } from '../activities.js';
import { receiptLooked, workflowId as conversationId } from '../conversation/contract.js';
import { startOf as settlementStartOf } from '../settlement/contract.js';
import { answering, mustBeIds, oneByOne, startOnce } from '../updates.js';
import { moneyArrived, orders, type ReceiptAnswer, type ReceiptOrder, type ReceiptRef } from './contract.js';

const CONTINUE_AFTER_EVENTS = 500;
/** The wait before a file that the gateway still fetches is looked for again: soon at first, its number may be away for days. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10 * 60_000;

const isFull = (): boolean => workflowInfo().historyLength >= CONTINUE_AFTER_EVENTS;
/** Nothing comes of it by itself any more; a command finds it from its row. */
const isOver = (state: ReceiptState): boolean => !['reading', 'waiting', 'review'].includes(state);

/**
 * The life of a proof of payment: it is read, weighed on what is known, waits for a source that could confirm it or for a person, and leads to a
 * settlement or to a no. It holds ids and one state; whatever is decided is decided on the row. One that waits for a person waits for ever, and people
 * are reminded of it once.
 */
export async function receipt(ref: ReceiptRef): Promise<void> {
  const { company, receipt: id } = ref;
  const inTurn = oneByOne();
  let known: ReceiptState = 'reading';
  /** Something may have changed since it was weighed last. */
  let isNews = false;
  let dueMs: number | undefined;
  /** When to ask whether people are to be reminded, while it waits for them. */
  let remindMs: number | undefined;
  let isRemembered = false;
  /** What commands lead to, in their order. */
  const todo: (() => Promise<void>)[] = [];

  const keep = (state: ReceiptState): void => {
    if (state !== known) upsertSearchAttributes([{ key: searchAttributes.state, value: state }]);
    known = state;
    if (state === 'review') return;
    isRemembered = false;
    remindMs = undefined;
  };

  const run = (kind: ReceiptCommandKind, { command, actor }: ReceiptOrder): Promise<ReceiptAnswer> =>
    answering(() =>
      inTurn(async () => {
        const { answer, effects } = await receiptCommand({ company, receipt: id, command, kind, actor });
        if (!answer.ok) return answer;
        keep(answer.state);
        dueMs = undefined;
        if (effects.weigh) isNews = true;
        const { start, reverse, tell } = effects;
        if (start !== undefined) todo.push(() => settle(company, start));
        if (reverse !== undefined) todo.push(() => reverseReceipt({ company, settlement: reverse, command, actor }));
        if (tell) todo.push(() => tellReceipt(ref));
        return answer;
      }),
    );
  for (const kind of receiptCommands) setHandler(orders[kind], (order) => run(kind, order), { validator: ({ command, actor }: ReceiptOrder) => mustBeIds(command, actor) });
  setHandler(moneyArrived, () => void (isNews = true));

  /** Weighs it, and does what follows. */
  const weigh = async (): Promise<void> => {
    isNews = false;
    const { state, nextInMs, settlement } = await inTurn(() => weighReceipt(ref));
    const before = known;
    keep(state);
    dueMs = nextInMs === undefined ? undefined : Date.now() + nextInMs;
    if (settlement !== undefined) await settle(company, settlement);
    if (state !== before && (state === 'review' || state === 'rejected')) await tellReceipt(ref);
  };

  const waitsForPeople = (): boolean => known === 'review';
  /** Asks when people are to be reminded; it reminds them when it is time. */
  const remind = async (): Promise<void> => {
    isRemembered = true;
    const { inMs } = await inTurn(() => remindOfReview(ref));
    remindMs = inMs === undefined || !waitsForPeople() ? undefined : Date.now() + inMs;
  };

  const read = await readWhenThere(ref);
  if (read === undefined) return continueAsNew<typeof receipt>(ref);
  if (!isOver(read.state)) {
    if (read.isRead) isNews = true;
    else await tellReceipt(ref); // what could not be opened a person has to look at
  }
  if (known === 'reading') keep(read.state);

  for (;;) {
    while (todo.length > 0) await todo.shift()!();
    if (isNews) await weigh();
    const hasWork = (): boolean => isNews || todo.length > 0;
    if (hasWork()) continue;
    if (waitsForPeople() && !isRemembered && patched('remind-of-review')) {
      await remind();
      continue;
    }
    if (isOver(known)) {
      await condition(allHandlersFinished);
      if (!hasWork() && isOver(known)) return;
    } else if (isFull() && allHandlersFinished()) {
      return continueAsNew<typeof receipt>(ref);
    } else if (remindMs !== undefined) {
      const due = remindMs;
      const isWoken = await condition(() => hasWork() || remindMs !== due || isOver(known) || (isFull() && allHandlersFinished()), Math.max(1, due - Date.now()));
      if (!isWoken) isRemembered = false;
    } else if (dueMs === undefined) {
      await condition(() => hasWork() || isOver(known) || (isFull() && allHandlersFinished()));
    } else {
      const due = dueMs;
      const isWoken = await condition(() => hasWork() || dueMs !== due || isOver(known), Math.max(1, due - Date.now()));
      if (!isWoken) isNews = true;
    }
  }
}

/** Reads it as soon as its file is there, and lets the conversation know what it is. @returns undefined when the history is full before that */
async function readWhenThere(ref: ReceiptRef) {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const read = await readReceipt(ref);
    if (read.state !== 'not-yet') {
      if (read.looked) await tellConversation(ref.company, read.looked);
      return read;
    }
    if (isFull()) return undefined;
    await sleep(waitMs);
  }
}

/** Starts the settlement's workflow; that it runs, or has run, is no failure. */
const settle = (company: string, settlement: string): Promise<void> =>
  startOnce(() => startChild('settlement', { ...settlementStartOf({ company, settlement }), parentClosePolicy: ParentClosePolicy.ABANDON, workflowIdReusePolicy: 'REJECT_DUPLICATE' }));

/** One that does not run any more does not wait for it. */
async function tellConversation(company: string, { conversation, step }: { conversation: string; step: string }): Promise<void> {
  try {
    await getExternalWorkflowHandle(conversationId(company, conversation)).signal(receiptLooked, step);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
