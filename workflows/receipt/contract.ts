import { TypedSearchAttributes } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import { receiptCommands, type ReceiptCommandKind, type ReceiptRefusal, type ReceiptState } from '../../libs/domain/receipt/case.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** A receipt's row. One that was put up in the panel has only a draft when its workflow begins. */
export interface ReceiptRef {
  company: string;
  receipt: string;
}

/** Who asks for something, and under which id. What they wrote (a reason, a correction) is accepted under it before (`money_orders`), never here. */
export interface ReceiptOrder {
  /** UUID, the caller's idempotency key. */
  command: string;
  /** Id of the user. */
  actor: string;
}

export type ReceiptAnswer = { ok: true; state: ReceiptState; settlement?: string } | { ok: false; reason: ReceiptRefusal };

/** Money came in that may be this receipt's: it is weighed again. May be told at will. */
export const moneyArrived = defineSignal('moneyArrived');

const define = (kind: ReceiptCommandKind) => defineUpdate<ReceiptAnswer, [ReceiptOrder]>(kind);

/** By the kind of command. */
export const orders = Object.fromEntries(receiptCommands.map((kind) => [kind, define(kind)])) as Record<ReceiptCommandKind, ReturnType<typeof define>>;

export const workflowId = ({ company, receipt }: ReceiptRef): string => makeId(company, 'receipt', receipt);

/** How a receipt's workflow is started: by its conversation, by who put it up, or by a command that finds it ended. */
export const startOf = ({ company, receipt }: ReceiptRef) =>
  ({
    workflowId: workflowId({ company, receipt }),
    taskQueue: MAIN_QUEUE,
    args: [{ company, receipt }] as [ReceiptRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Comprobante (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.state, value: 'reading' },
    ]),
  }) as const;
