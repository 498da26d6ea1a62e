import { TypedSearchAttributes } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import type { StatusCommandKind, StatusRefusal, StatusState } from '../../libs/domain/status/status.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** What names a status' workflow: columns of its row, and all that a run starts with. */
export interface StatusRef {
  company: string;
  status: string;
  channel: string;
}

/** Making it is a command, too: until it is done there is no status, only a draft. */
export type StatusOrderKind = 'create' | StatusCommandKind;

/** Who asks for something, and under which id: the same id again is the same command, done once and answered twice. */
export interface StatusOrder {
  /** UUID, the caller's idempotency key. What is to be shown, and when, is accepted under it before (`status_drafts`). */
  command: string;
  /** Id of the user. */
  actor: string;
}

export type StatusAnswer = { ok: true; state: StatusState } | { ok: false; reason: StatusRefusal };

const define = (kind: StatusOrderKind) => defineUpdate<StatusAnswer, [StatusOrder]>(kind);

/** By the kind of command. Edit and cancel are for what is not out yet, remove for what is. */
export const orders = {
  create: define('create'),
  edit: define('edit'),
  cancel: define('cancel'),
  publish: define('publish'),
  retry: define('retry'),
  remove: define('remove'),
} as const satisfies Record<StatusOrderKind, unknown>;

export const workflowId = (company: string, status: string): string => makeId(company, 'status', status);

/** How a status' workflow is started: by a command that finds it not begun, or ended. */
export const startOf = ({ company, status, channel }: StatusRef) =>
  ({
    workflowId: workflowId(company, status),
    taskQueue: MAIN_QUEUE,
    args: [{ company, status, channel }] as [StatusRef],
    // The wait after a worker's death (research/reply-path.md).
    workflowTaskTimeout: '5s',
    staticSummary: `Status (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.state, value: 'scheduled' },
    ]),
  }) as const;
