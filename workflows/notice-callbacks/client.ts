import type { WorkflowClient } from '@temporalio/client';
import { startOf, wake, type CallbacksRef } from './contract.js';

/** Has a company's system told what is due, starting its workflow if it does not run. May be called any number of times. */
export async function wakeCallbacks(client: Pick<WorkflowClient, 'signalWithStart'>, ref: CallbacksRef): Promise<void> {
  await client.signalWithStart('noticeCallbacks', { ...startOf(ref), signal: wake, signalArgs: [] });
}
