import { ActivityFailure, allHandlersFinished, condition, continueAsNew, isCancellation, ParentClosePolicy, setHandler, startChild, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SettlementNotice } from '../../activities/settlements/news.js';
import type { SettlementState, SettlementStep } from '../../libs/domain/settlement/settlement.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import {
  lookAtSettlement, notifyReversal, notifySettlement, postponeStep, reactivateService, registerPayment, reversePayment, settlementCommand, suspendService, tellReversal, tellSettlement,
} from '../activities.js';
import { startOf as noticeStartOf } from '../group-notice/contract.js';
import { answering, mustBeIds, oneByOne, startOnce } from '../updates.js';
import { resolve, reverse, type ResolutionOrder, type ReversalOrder, type SettlementAnswer, type SettlementRef } from './contract.js';

const CONTINUE_AFTER_EVENTS = 500;

const steps: Readonly<Record<SettlementStep, (ref: SettlementRef) => Promise<void | { notice?: SettlementNotice }>>> = {
  register: registerPayment, reactivate: reactivateService, tell: tellSettlement, notify: notifySettlement,
  reverse: reversePayment, suspend: suspendService, 'tell-reversal': tellReversal, 'notify-reversal': notifyReversal,
};

/**
 * A payment on its way into the ISP's system, or out of it again. What is so is in the rows: it looks, does what is next, and looks again. Orders
 * come in between, also while a step is under way or waits. One that people have to settle stays; one that is over ends, and an order that comes
 * later starts it again from its rows.
 */
export async function settlement({ company, settlement: id }: SettlementRef): Promise<void> {
  const ref = { company, settlement: id };
  const inTurn = oneByOne();
  let orders = 0;
  let isBusy = false;
  let known: SettlementState = 'registering';

  const run = (command: Parameters<typeof settlementCommand>[0]): Promise<SettlementAnswer> => answering(() => inTurn(async () => {
    const answer = await settlementCommand(command);
    orders += 1;
    return answer;
  }));
  setHandler(reverse, (order) => run({ ...ref, kind: 'reverse', ...order }), { validator: ({ command }: ReversalOrder) => mustBeIds(command) });
  // What a step is just finding out nobody can say.
  setHandler(resolve, (order) => (isBusy ? { ok: false, reason: 'not-now' } as const : run({ ...ref, kind: 'resolve', ...order })), {
    validator: ({ command, actor }: ResolutionOrder) => mustBeIds(command, actor),
  });

  for (;;) {
    const before = orders;
    const isNews = (): boolean => orders !== before;
    const { state, next } = await inTurn(() => lookAtSettlement(ref));
    if (state !== known) upsertSearchAttributes([{ key: searchAttributes.state, value: (known = state) }]);
    if (isNews()) continue;
    if (next === undefined && state !== 'stuck') {
      await condition(() => allHandlersFinished());
      if (isNews()) continue;
      return;
    }
    if (workflowInfo().historyLength >= CONTINUE_AFTER_EVENTS && allHandlersFinished()) return continueAsNew<typeof settlement>(ref);
    if (next === undefined) await condition(isNews);
    else if (next.inMs > 0) await condition(isNews, next.inMs);
    else {
      isBusy = true;
      await take(ref, next.step);
      isBusy = false;
    }
  }
}

/** Does a step. One that cannot be done for hours, by a fault of ours, is put off: orders are answered meanwhile, and the others go on. */
async function take(ref: SettlementRef, step: SettlementStep): Promise<void> {
  try {
    const done = await steps[step](ref);
    if (done?.notice) {
      const { notice } = done;
      await startOnce(() => startChild('groupNotice', { ...noticeStartOf({ company: ref.company, ...notice }), parentClosePolicy: ParentClosePolicy.ABANDON }));
    }
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await postponeStep({ ...ref, step });
  }
}
