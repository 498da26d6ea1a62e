import { TypedSearchAttributes } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import type { Resolution, ReversalCause, SettlementState } from '../../libs/domain/settlement/settlement.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** A settlement's row, which is there before its workflow starts (`openSettlement`). */
export interface SettlementRef {
  company: string;
  settlement: string;
}

/** `why` of a person is in `money_orders`, accepted under the command, never here. */
export interface ReversalOrder {
  /** UUID: the same again is the same order. */
  command: string;
  cause: ReversalCause;
  /** Id of the user, where a person says so. */
  actor?: string;
}

export interface ResolutionOrder {
  command: string;
  actor: string;
  how: Resolution;
}

export type SettlementAnswer = { ok: true; state: SettlementState } | { ok: false; reason: 'not-now' };

/** Somebody, or the bank, says no afterwards: compensated by the company's policy. Answers when it is under way; also while it registers. */
export const reverse = defineUpdate<SettlementAnswer, [ReversalOrder]>('reverse');

/** A person settles what it is stuck on. */
export const resolve = defineUpdate<SettlementAnswer, [ResolutionOrder]>('resolve');

export const workflowId = ({ company, settlement }: SettlementRef): string => makeId(company, 'settlement', settlement);

/** How a settlement's workflow is started: by whoever opened its row, or by an order that finds it ended. */
export const startOf = ({ company, settlement }: SettlementRef) =>
  ({
    workflowId: workflowId({ company, settlement }),
    taskQueue: MAIN_QUEUE,
    args: [{ company, settlement }] as [SettlementRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Pago (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.state, value: 'registering' },
    ]),
  }) as const;
