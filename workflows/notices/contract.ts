import { TypedSearchAttributes } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import { noticeCommands, type BatchState, type NoticeCommandKind, type NoticeRefusal } from '../../libs/domain/notices/notice.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** A batch: all notices of one number that were accepted on one day of the company's clocks, as 2026-11-27. */
export interface BatchRef {
  company: string;
  channel: string;
  day: string;
}

/** Who asks for something, and under which id: the same id again is the same command, done once and answered twice. */
export interface NoticeOrder {
  /** UUID, the caller's idempotency key. */
  command: string;
  /** Id of the user. */
  actor: string;
  /** Id of the notice's row, for what is asked of one. */
  notice?: string;
}

export type NoticeAnswer = { ok: true; state: BatchState } | { ok: false; reason: NoticeRefusal };

/** There are rows that the batch may not have seen. */
export const wake = defineSignal('wake');

const define = (kind: NoticeCommandKind) => defineUpdate<NoticeAnswer, [NoticeOrder]>(kind);

/** By the kind of command. */
export const orders = Object.fromEntries(noticeCommands.map((kind) => [kind, define(kind)])) as Record<NoticeCommandKind, ReturnType<typeof define>>;

export const workflowId = ({ company, channel, day }: BatchRef): string => makeId(company, 'notices', `${channel}/${day}`);

/** How a batch's workflow is started: by the first row of its day, by a command, or by whoever finds rows that nobody looks after. */
export const startOf = ({ company, channel, day }: BatchRef) =>
  ({
    workflowId: workflowId({ company, channel, day }),
    taskQueue: MAIN_QUEUE,
    args: [{ company, channel, day }] as [BatchRef],
    workflowTaskTimeout: '5s', // the wait after a worker's death (research/reply-path.md)
    staticSummary: `Avisos del ${day} (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.state, value: 'running' },
    ]),
  }) as const;
