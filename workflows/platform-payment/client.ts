import type { WorkflowClient } from '@temporalio/client';
import { look, startOf, type PlatformPaymentRef } from './contract.js';

/** Has a payment looked at, starting its workflow if it does not run. May be called any number of times. */
export async function lookAtPayment(client: Pick<WorkflowClient, 'signalWithStart'>, ref: PlatformPaymentRef): Promise<void> {
  await client.signalWithStart('platformPayment', { ...startOf(ref), signal: look, signalArgs: [] });
}
