import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, type UpdateDefinition } from '@temporalio/common';
import { resolve, reverse, startOf, type SettlementAnswer, type SettlementRef } from './contract.js';

export type UpdatingClient = Pick<WorkflowClient, 'executeUpdateWithStart'>;

/** Starts a settlement whose row was opened, once: that it runs, or has run, is no failure. */
export async function startSettlement(client: Pick<WorkflowClient, 'start'>, ref: SettlementRef): Promise<void> {
  try {
    await client.start('settlement', startOf(ref));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Asks the settlement's workflow, starting it from its rows if it has ended. The command's id is the update's: asked again, the answer is the first one's. */
const order = <O extends { command: string }>(definition: UpdateDefinition<SettlementAnswer, [O]>) =>
  (client: UpdatingClient, ref: SettlementRef, asked: O, updateId = asked.command): Promise<SettlementAnswer> =>
    client.executeUpdateWithStart(definition, {
      updateId, args: [asked],
      startWorkflowOperation: new WithStartWorkflowOperation('settlement', { ...startOf(ref), workflowIdConflictPolicy: 'USE_EXISTING' }),
    });

/** Somebody, or the bank, says no afterwards. */
export const reverseSettlement = order(reverse);
/** A person settles what it is stuck on. What they wrote is accepted under the command before (`money_orders`). */
export const resolveSettlement = order(resolve);
