import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes, type UpdateDefinition } from '@temporalio/common';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import {
  close,
  note,
  reopen,
  take,
  transfer,
  workflowId,
  type Order,
  type TicketAnswer,
  type TicketInput,
  type TransferOrder,
} from './contract.js';

export type UpdatingClient = Pick<WorkflowClient, 'executeUpdateWithStart'>;

/** What names a ticket's workflow: columns of its row. */
export interface TicketRef {
  company: string;
  ticket: string;
  number: number;
  conversation: string;
  contact: string;
}

/**
 * Asks the ticket's workflow, starting it from the row if it has ended. The command's id is the update's id: a call repeated after a
 * timeout or an outage gets the first one's answer.
 */
function order<O extends Order>(definition: UpdateDefinition<TicketAnswer, [O]>) {
  return (client: UpdatingClient, ref: TicketRef, asked: O): Promise<TicketAnswer> => {
    const { company, ticket, number, conversation, contact } = ref;
    const input: TicketInput = { company, ticket, number, conversation };
    return client.executeUpdateWithStart(definition, {
      updateId: asked.command,
      args: [asked],
      startWorkflowOperation: new WithStartWorkflowOperation('ticket', {
        workflowId: workflowId(company, number),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: MAIN_QUEUE,
        args: [input],
        workflowTaskTimeout: '5s',
        staticSummary: `Ticket ${number} (${company})`,
        typedSearchAttributes: new TypedSearchAttributes([
          { key: searchAttributes.company, value: company },
          { key: searchAttributes.contact, value: contact },
        ]),
      }),
    });
  };
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
