import type { EntityManager } from '@mikro-orm/postgresql';
import type { MessageDetails, SendableKind } from '../domain/message/details.js';

/** A text of an agent as the API accepts it. */
export interface AcceptedText {
  company: string;
  /** UUID, the caller's idempotency key; the id of the update or command that refers to it. */
  request: string;
  conversation: string;
  ticket: string;
  /** Id of the user who wrote it. */
  agent: string;
  kind: 'reply' | 'note' | 'close-comment';
  text: string;
  /** Of a reply that is no text: what it is, what it holds, and its file. */
  content?: AcceptedContent;
}

export interface AcceptedContent {
  kind: SendableKind;
  details?: MessageDetails;
  file?: AcceptedFile;
}

/** A file in the media store. */
export interface AcceptedFile {
  sha256: string;
  /** Bytes. */
  size: number;
  mimetype: string;
  fileName?: string;
}

/**
 * Keeps a text so that a workflow can be told its request: no text is ever in a payload. Commit before asking the workflow.
 * @param em of `forCompany`
 * @returns false when something else was accepted under this request
 */
export async function acceptText(em: EntityManager, accepted: AcceptedText): Promise<boolean> {
  const { company, request, conversation, ticket, agent, kind, text, content } = accepted;
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));
  const [row] = await em.execute<{ same: boolean }[]>(
    'select accept_text(?, ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?, ?, ?, ?::jsonb, ?::jsonb) as same',
    [company, request, conversation, ticket, agent, kind, text, content?.kind ?? 'text', json(content?.details), json(content?.file)],
  );
  return row!.same;
}

/** What became of an agent's reply: the message that was made of it, or why none was. Neither: it waits. */
export interface SettledReply {
  /** Row id. */
  message: string | null;
  refusal: 'closed' | 'not-yours' | null;
  /** Who wrote it, and for which ticket. */
  agent: string;
  ticket: string;
}

/** @param em of `forCompany` @returns undefined where no reply was accepted under this request */
export async function settledReply(em: EntityManager, { company, conversation, request }: Pick<AcceptedText, 'company' | 'conversation' | 'request'>): Promise<SettledReply | undefined> {
  const [row] = await em.execute<SettledReply[]>(
    `select m.id::text message, t.refusal, t.agent, t.ticket from outbox_texts t
      left join messages m on m.company = t.company and m.conversation = t.conversation and m.request = t.request
      where t.company = ? and t.conversation = ?::uuid and t.request = ?::uuid and t.kind = 'reply'`, [company, conversation, request]);
  return row;
}
