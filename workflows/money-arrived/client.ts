import type { WorkflowClient } from '@temporalio/client';
import { startOf, type ImportRef } from './contract.js';

/** Has the receipts told that an import may concern. One that runs already goes on: it may be started any number of times. */
export async function startMoneyArrived(client: Pick<WorkflowClient, 'start'>, ref: ImportRef): Promise<void> {
  await client.start('moneyArrived', { ...startOf(ref), workflowIdConflictPolicy: 'USE_EXISTING' });
}
