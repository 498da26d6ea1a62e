import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, type WorkflowClient } from '@temporalio/client';
import type { ReceiptCommandKind } from '../../libs/domain/receipt/case.js';
import { orders, startOf, type ReceiptAnswer, type ReceiptOrder, type ReceiptRef } from './contract.js';

export type UpdatingClient = Pick<WorkflowClient, 'executeUpdateWithStart'>;
export type StartingClient = Pick<WorkflowClient, 'start'>;

/**
 * Asks the receipt's workflow, starting it if it has ended. The command's id is the update's id: a call repeated after a timeout or an outage gets
 * the first one's answer.
 */
export const orderReceipt = (client: UpdatingClient, receipt: ReceiptRef, kind: ReceiptCommandKind, order: ReceiptOrder, updateId = order.command): Promise<ReceiptAnswer> =>
  client.executeUpdateWithStart(orders[kind], {
    updateId,
    args: [order],
    startWorkflowOperation: new WithStartWorkflowOperation('receipt', { ...startOf(receipt), workflowIdConflictPolicy: 'USE_EXISTING' }),
  });

/** Has a receipt read that was put up. One that is being read already stays as it is. */
export async function startReceipt(client: StartingClient, receipt: ReceiptRef): Promise<void> {
  try {
    await client.start('receipt', startOf(receipt));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
