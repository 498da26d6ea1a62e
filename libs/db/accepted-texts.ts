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
