import { WithStartWorkflowOperation, WorkflowUpdateFailedError, type WorkflowClient } from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import { close, note, REFUSED, reopen, startOf, take, transfer, type Order, type TicketAnswer, type TicketRef, type TransferOrder } from './contract.js';

export type UpdatingClient = Pick<WorkflowClient, 'executeUpdateWithStart'>;

/**
 * Asks the ticket's workflow, starting it from the row if it has ended. The command's id is the update's id: a call repeated after a
 * timeout or an outage gets the first one's answer.
 */
function order<O extends Order>(definition: UpdateDefinition<TicketAnswer, [O]>) {
  return async (client: UpdatingClient, ticket: TicketRef, asked: O, updateId = asked.command): Promise<TicketAnswer> => {
    const start = new WithStartWorkflowOperation('ticket', { ...startOf(ticket), workflowIdConflictPolicy: 'USE_EXISTING' });
    try {
      return await client.executeUpdateWithStart(definition, { updateId, args: [asked], startWorkflowOperation: start });
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  };
}

/** An expected refusal that the workflow gave without keeping it in its history. */
function refusalIn(error: unknown): TicketAnswer | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === REFUSED ? (cause.details?.[0] as TicketAnswer) : undefined;
}

/** Gives a waiting ticket to the actor. */
export const takeTicket = order(take);
/** Gives it to a colleague, or back to a department's queue. A note accepted under the command's id goes along. */
export const transferTicket = order<TransferOrder>(transfer);
/** Keeps the note that was accepted under the command's id. */
export const noteOnTicket = order(note);
/** Ends it. A comment accepted under the command's id is kept; the bot has the conversation back. */
export const closeTicket = order(close);
/** Takes a closed one up again: the actor has it. */
export const reopenTicket = order(reopen);
