import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import type { NoticeCommandKind } from '../../libs/domain/notices/notice.js';
import { orders, startOf, wake, type BatchRef, type NoticeAnswer, type NoticeOrder } from './contract.js';

/** Asks a batch's workflow, starting it if it has ended. The command's id is the update's id. */
export const orderNotices = (client: Pick<WorkflowClient, 'executeUpdateWithStart'>, batch: BatchRef, kind: NoticeCommandKind, order: NoticeOrder): Promise<NoticeAnswer> =>
  client.executeUpdateWithStart(orders[kind], {
    updateId: order.command,
    args: [order],
    startWorkflowOperation: new WithStartWorkflowOperation('notices', { ...startOf(batch), workflowIdConflictPolicy: 'USE_EXISTING' }),
  });

/** Tells a batch of new rows, starting its workflow if it does not run. May be told any number of times. */
export async function wakeNotices(client: Pick<WorkflowClient, 'signalWithStart'>, batch: BatchRef): Promise<void> {
  await client.signalWithStart('notices', { ...startOf(batch), signal: wake, signalArgs: [] });
}
