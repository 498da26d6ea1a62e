import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import { reverse, startOf } from '../../workflows/settlement/contract.js';

/** A settlement that somebody overruled, by the command under which their words are kept (`money_orders`). */
export interface Reversal {
  company: string;
  settlement: string;
  command: string;
  actor: string;
}

export interface ReversingDeps {
  /** A client of the worker's own: what only a client can ask of Temporal. */
  engine: Pick<WorkflowClient, 'executeUpdateWithStart'>;
}

/**
 * Lets the settlement's workflow, started from its row if it has ended, take its payment back; answers when that is under way. A repeat is the same
 * order. What cannot be taken back any more was taken back already.
 */
export async function reverseNow({ engine }: ReversingDeps, { company, settlement, command, actor }: Reversal): Promise<void> {
  await engine.executeUpdateWithStart(reverse, {
    updateId: command,
    args: [{ command, cause: 'person', actor }],
    startWorkflowOperation: new WithStartWorkflowOperation('settlement', { ...startOf({ company, settlement }), workflowIdConflictPolicy: 'USE_EXISTING' }),
  });
}
