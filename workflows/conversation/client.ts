import { WithStartWorkflowOperation, type WorkflowClient } from '@temporalio/client';
import { reply as replyUpdate, startOf, type ConversationRef, type ReplyAnswer } from './contract.js';

/**
 * Lets an agent's text, accepted as a row under `request` before (libs/db/accepted-texts.ts), become a message of the conversation.
 * All replies of the conversation that were accepted before it become messages, too, in their order. The request is the update's
 * id: a repeat gets the first one's answer.
 * @returns the message's row id, queued to be sent; or that the ticket is not the agent's any more
 */
export const reply = (
  client: Pick<WorkflowClient, 'executeUpdateWithStart'>,
  conversation: ConversationRef,
  request: string,
  updateId = request,
): Promise<ReplyAnswer> =>
  client.executeUpdateWithStart(replyUpdate, {
    updateId,
    args: [{ request }],
    startWorkflowOperation: new WithStartWorkflowOperation('conversation', {
      ...startOf(conversation, 0),
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  });
