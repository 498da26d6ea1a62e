import { defineSignal } from '@temporalio/workflow';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

export interface CallbacksRef {
  company: string;
}

/** Something has happened that the company's system is to be told. */
export const wake = defineSignal('wake');

/** How a company's callbacks are started: one workflow, while there is something to tell. */
export const startOf = ({ company }: CallbacksRef) =>
  ({
    workflowId: makeId(company, 'notice-callbacks', 'all'),
    taskQueue: MAIN_QUEUE,
    args: [{ company }] as [CallbacksRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Devoluciones de la pasarela (${company})`,
  }) as const;
