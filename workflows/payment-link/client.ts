import type { WorkflowClient } from '@temporalio/client';
import { startOf, type PaymentLinkRef } from './contract.js';

/** Sees to it that somebody looks after a link. May be called any number of times. */
export async function watchLink(client: Pick<WorkflowClient, 'start'>, ref: PaymentLinkRef): Promise<void> {
  await client.start('paymentLink', { ...startOf(ref), workflowIdConflictPolicy: 'USE_EXISTING' });
}
