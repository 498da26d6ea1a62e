import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import { orders, startOf, type StatusAnswer, type StatusOrder, type StatusOrderKind, type StatusRef } from './contract.js';

export type UpdatingClient = Pick<WorkflowClient, 'executeUpdateWithStart'>;

/**
 * Asks the status' workflow, starting it if it has not begun or has ended. The command's id is the update's id: a call repeated after a
 * timeout or an outage gets the first one's answer.
 */
export const orderStatus = (client: UpdatingClient, status: StatusRef, kind: StatusOrderKind, order: StatusOrder, updateId = order.command): Promise<StatusAnswer> =>
  client.executeUpdateWithStart(orders[kind], {
    updateId,
    args: [order],
    startWorkflowOperation: new WithStartWorkflowOperation('status', { ...startOf(status), workflowIdConflictPolicy: 'USE_EXISTING' }),
  });
