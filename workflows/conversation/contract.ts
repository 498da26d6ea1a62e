import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { MAIN_QUEUE } from '../../libs/temporal/queues.js';
import { searchAttributes } from '../../libs/temporal/search-attributes.js';
import { workflowId as makeId } from '../../libs/temporal/workflow-ids.js';

/** What a run of `conversation` starts with. Continued runs carry `carried`, which is all the state that a workflow keeps. */
export interface ConversationInput {
  company: string;
  conversation: string;
  channel: string;
  /** How long the bot waits for more before it answers, in milliseconds; the channel's setting, renewed by each decision. */
  debounceMs: number;
  carried?: { v: 1; upTo: number; handled: number; state: string };
}

export interface ConversationSummary {
  /** Highest number of the conversation's messages that the workflow knows of. */
  upTo: number;
  /** Highest number that is settled. */
  handled: number;
  /** Who speaks with the customer. */
  state: string;
}

/** Names a conversation's workflow: columns of its row. */
export interface ConversationRef {
  company: string;
  conversation: string;
  channel: string;
}

export type ReplyAnswer =
  /** `message`: id of its row in `messages`. */
  | { ok: true; message: string }
  /** An expected refusal. closed: no ticket is open · not-yours: another agent has it, or nobody yet. */
  | { ok: false; reason: 'closed' | 'not-yours'; by?: { agent: string; atMs: number } };

/**
 * Messages up to this number are committed. Numbers have no gap and are committed in order, so the highest one says everything;
 * lost, repeated and overtaken signals are harmless.
 */
export const messagesArrived = defineSignal<[number]>('messagesArrived');

/** The conversation's ticket was closed or opened again: the row says which. */
export const ticketChanged = defineSignal('ticketChanged');

/** A mode is over in which the customer's messages were kept for people: the rows say which. */
export const modeEnded = defineSignal('modeEnded');

/** What a picture is is known now, or is not going to be: the answer to this step is in its row. May be told at will. */
export const receiptLooked = defineSignal<[string]>('receiptLooked');

/** A row that something else than a decision made (activities/telling.ts) is to be sent, by its id. May be told at will. */
export const said = defineSignal<[string]>('said');

/** An agent's text that was accepted under this request is to be sent. */
export const reply = defineUpdate<ReplyAnswer, [{ request: string }]>('reply');

/** Where the conversation is. */
export const summary = defineQuery<ConversationSummary>('summary');

export const workflowId = (company: string, conversation: string): string => makeId(company, 'conversation', conversation);

export interface Arrival extends ConversationRef {
  upTo: number;
  debounceMs: number;
}

/** How a conversation's workflow is started, by whoever comes first. */
export const startOf = ({ company, conversation, channel }: ConversationRef, debounceMs: number) => {
  const input: ConversationInput = { company, conversation, channel, debounceMs };
  return {
    workflowId: workflowId(company, conversation),
    taskQueue: MAIN_QUEUE,
    args: [input] as [ConversationInput],
    // The wait after a worker's death (research/reply-path.md): a task that nobody finishes is given to another after this.
    workflowTaskTimeout: '5s',
    staticSummary: `Conversación de WhatsApp (${company})`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.company, value: company },
      { key: searchAttributes.state, value: 'bot' },
    ]),
  } as const;
};

/**
 * Tells the conversation's workflow, starting it if none runs, that messages up to `upTo` wait for it.
 * May be repeated at will.
 */
export async function arrive(client: Pick<WorkflowClient, 'signalWithStart'>, arrival: Arrival): Promise<void> {
  await client.signalWithStart('conversation', {
    ...startOf(arrival, arrival.debounceMs),
    signal: messagesArrived,
    signalArgs: [arrival.upTo],
  });
}

/** Tells the conversation's workflow, starting it if none runs, that people may have what was kept. May be repeated at will. */
export async function offerKept(client: Pick<WorkflowClient, 'signalWithStart'>, { debounceMs, ...ref }: Omit<Arrival, 'upTo'>): Promise<void> {
  await client.signalWithStart('conversation', { ...startOf(ref, debounceMs), signal: modeEnded, signalArgs: [] });
}

/**
 * Lets the conversation's workflow, started if none runs, send a row of `messages` in its turn. May be repeated at will.
 * @param message the row's id, in this very conversation
 */
export async function sayIn(client: Pick<WorkflowClient, 'signalWithStart'>, ref: ConversationRef, message: string): Promise<void> {
  await client.signalWithStart('conversation', { ...startOf(ref, 0), signal: said, signalArgs: [message] });
}
