import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** A text to a group that waits in its row: ids only. */
export interface GroupNoticeInput {
  company: string;
  channel: string;
  /** Id of its row in `group_messages`. */
  message: string;
}

/** How a notice's workflow is started: as a child that outlives its parent, once a row. */
export const startOf = (input: GroupNoticeInput) =>
  ({
    workflowId: makeId(input.company, 'group-notice', input.message),
    taskQueue: MAIN_QUEUE,
    args: [input] as [GroupNoticeInput],
    staticSummary: `Aviso a un grupo (${input.company})`,
  }) as const;
