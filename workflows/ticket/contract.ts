import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { TicketRefusal } from '../../libs/domain/ticket/command.js';
import type { TicketState } from '../../libs/domain/ticket/state.js';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** What names a ticket's workflow: columns of its row. */
export interface TicketRef {
  company: string;
  ticket: string;
  /** As customers are told it. */
  number: number;
  conversation: string;
  contact: string;
}

/** What a run of `ticket` starts with: ids, all of them in the ticket's row. */
export interface TicketInput extends TicketRef {
  /** What an earlier run knew. */
  carried?: { v: 1; known: TicketSnapshot | undefined };
}

/** A ticket's life as its workflow knows it: the row after the last command. */
export interface TicketSnapshot {
  state: TicketState;
  /** Id of the user who has it, or had it when it was closed. */
  assignee?: string;
  takenAtMs?: number;
  closedAtMs?: number;
}

/** Who asks for something, and under which id: the same id again is the same command, done once and answered twice. */
export interface Order {
  /** UUID, the caller's idempotency key. The text of a note or comment is accepted under it before (libs/db/accepted-texts.ts). */
  command: string;
  /** Id of the user. */
  actor: string;
}

export type TransferOrder = Order & { to: { agent: string } | { department: string } };

export type TicketAnswer =
  | { ok: true; ticket: TicketSnapshot }
  /** An expected refusal. `by`: who has the ticket, and since when (ms since 1970). */
  | { ok: false; reason: TicketRefusal; by?: { agent: string; atMs: number } };

/** Type of a rejected update that carries a `TicketAnswer`: an expected refusal that the history need not keep. */
export const REFUSED = 'REFUSED';

export const take = defineUpdate<TicketAnswer, [Order]>('take');
export const transfer = defineUpdate<TicketAnswer, [TransferOrder]>('transfer');
export const note = defineUpdate<TicketAnswer, [Order]>('note');
export const close = defineUpdate<TicketAnswer, [Order]>('close');
export const reopen = defineUpdate<TicketAnswer, [Order]>('reopen');

/** The customer wrote and now waits for an agent. Sent once until an agent has answered. */
export const customerWaits = defineSignal('customerWaits');

/** An agent took it in the group that hears of tickets: id of the row in `group_answers`. May be repeated at will. */
export const answeredInGroup = defineSignal<[string]>('answeredInGroup');

/** Where the ticket is; undefined before its first command. */
export const summary = defineQuery<TicketSnapshot | undefined>('summary');

export const workflowId = (company: string, number: number): string => makeId(company, 'ticket', String(number));

/** How a ticket's workflow is started: as its conversation's child, or by a command that finds it ended. */
export const startOf = (ref: TicketRef) => {
  const { company, ticket, number, conversation, contact } = ref;
  const input: TicketInput = { company, ticket, number, conversation, contact };
  return {
    workflowId: workflowId(company, number),
    taskQueue: MAIN_QUEUE,
    args: [input] as [TicketInput],
    // The wait after a worker's death (research/reply-path.md).
    workflowTaskTimeout: '5s',
    staticSummary: `Ticket ${number} (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.contact, value: contact },
      { key: searchAttributes.state, value: 'pending' },
    ]),
  } as const;
};

/** Tells the ticket's workflow, starting it if it has ended, what was said in the group. */
export async function tellAnswer(client: Pick<WorkflowClient, 'signalWithStart'>, ticket: TicketRef, answer: string): Promise<void> {
  await client.signalWithStart('ticket', { ...startOf(ticket), signal: answeredInGroup, signalArgs: [answer] });
}
