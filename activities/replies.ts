import type { EntityManager } from '@mikro-orm/postgresql';
import { settledReply } from '../libs/db/accepted-texts.js';
import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { DomainError } from '../libs/domain/errors.js';
import { isMediaKind, type SendableKind } from '../libs/domain/message/details.js';
import { mayWriteIn } from '../libs/domain/ticket/access.js';
import type { Ticket } from '../libs/domain/ticket/command.js';
import { orFailure } from '../libs/temporal/failures.js';
import type { ReplyAnswer } from '../workflows/conversation/contract.js';
import { newWaId } from './message-id.js';
import { lockTicket } from './ticket-rows.js';

export interface ReplyRequest {
  company: string;
  conversation: string;
  /** Under which the text was accepted. */
  request: string;
}

export interface AcceptedReply {
  answer: ReplyAnswer;
  /** Rows to send, in order of acceptance. */
  send: string[];
  /** Those of them whose file has to be uploaded first: they take longer. Absent where there is none. */
  media?: string[];
}

interface Accepted {
  id: string;
  request: string;
  ticket: string;
  agent: string;
  text: string;
  content_kind: SendableKind;
}

type Refusal = Extract<ReplyAnswer, { ok: false }>;

/** Why an agent may not write, if so. A text counts for the ticket it was written for, not for a later one of the same customer. */
function refusalOf({ agent, ticket }: Pick<Accepted, 'agent' | 'ticket'>, open: { id: string; facts: Ticket } | undefined): Refusal | undefined {
  if (open === undefined || open.id !== ticket || open.facts.state === 'closed') return { ok: false, reason: 'closed' };
  if (mayWriteIn({ id: agent }, open.facts)) return undefined;
  const { assignee, takenAtMs } = open.facts;
  return { ok: false, reason: 'not-yours', ...(assignee === undefined ? {} : { by: { agent: assignee, atMs: takenAtMs ?? 0 } }) };
}

async function openTicketOf(em: EntityManager, { company, conversation }: ReplyRequest) {
  const [row] = await em.execute<{ ticket: string | null }[]>(
    'select ticket from conversations where company = ? and id = ?::uuid for update', [company, conversation],
  );
  if (!row) throw new DomainError('conversation-unknown');
  return row.ticket === null ? undefined : { id: row.ticket, facts: await lockTicket(em, company, row.ticket, { conversation: false }) };
}

/** The replies that wait to become messages, up to the one asked for. */
const waitingOf = (em: EntityManager, { company, conversation, request }: ReplyRequest): Promise<Accepted[]> =>
  em.execute<Accepted[]>(
    `select t.id::text, t.request, t.ticket, t.agent, t.text, t.content_kind from outbox_texts t
      where t.company = ? and t.conversation = ?::uuid and t.kind = 'reply' and t.settled_at is null
        and t.id <= (select own.id from outbox_texts own where own.company = ? and own.request = ?::uuid) order by t.id`,
    [company, conversation, company, request],
  );

async function makeMessage(em: EntityManager, { company, conversation }: ReplyRequest, accepted: Accepted): Promise<void> {
  await em.execute(
    `with made as (
      insert into messages (company, conversation, channel, direction, author, wa_id, from_me, kind, text, details, state, agent, ticket, request)
        select c.company, c.id, c.channel, 'out', 'agent', ?, true, t.content_kind, t.text, t.details, 'queued', t.agent, t.ticket, t.request
          from conversations c join outbox_texts t on t.company = c.company and t.id = ? where c.company = ? and c.id = ?::uuid
        returning company, id)
    insert into media_files (company, message, direction, state, sha256, size, mimetype, file_name, stored_at)
      select m.company, m.id, 'out', 'stored', t.file_sha256, t.file_size, t.file_mimetype, t.file_name, clock_timestamp()
        from made m join outbox_texts t on t.company = m.company and t.id = ? where t.file_sha256 is not null`,
    [newWaId(), accepted.id, company, conversation, accepted.id],
  );
}

const settle = (em: EntityManager, company: string, id: string, refusal: Refusal | undefined) =>
  em.execute('update outbox_texts set settled_at = clock_timestamp(), refusal = ? where company = ? and id = ?', [refusal?.reason ?? null, company, id]);

async function accept(em: EntityManager, asked: ReplyRequest): Promise<AcceptedReply> {
  const { company, conversation, request } = asked;
  const open = await openTicketOf(em, asked);
  const waiting = await waitingOf(em, asked);
  let made = 0;
  for (const accepted of waiting) {
    const refusal = refusalOf(accepted, open);
    if (refusal === undefined) {
      await makeMessage(em, asked, accepted);
      if (accepted.content_kind !== 'reaction') made += 1; // a thumb is no answer: the customer still waits
    }
    await settle(em, company, accepted.id, refusal);
  }
  if (made > 0 && open) {
    await em.execute('update tickets set waiting_since = null, alarmed_at = null where company = ? and id = ?::uuid', [company, open.id]);
  }
  const requests = [...new Set([...waiting.map((accepted) => accepted.request), request])];
  const own = await settledReply(em, asked);
  if (!own) throw new DomainError('text-unknown');
  const unsent = await em.execute<{ id: string; kind: string }[]>(
    `select m.id::text, m.kind from messages m where m.company = ? and m.conversation = ?::uuid and m.request = any(?::uuid[])
        and m.state in ('queued', 'sending', 'unknown') order by m.id`,
    [company, conversation, `{${requests.join(',')}}`],
  );
  const answer: ReplyAnswer = own.message === null
    ? (refusalOf(own, open) ?? { ok: false, reason: own.refusal ?? 'closed' })
    : { ok: true, message: own.message };
  const media = unsent.filter(({ kind }) => isMediaKind(kind)).map(({ id }) => id);
  return { answer, send: unsent.map(({ id }) => id), ...(media.length > 0 ? { media } : {}) };
}

/** What agents write to customers. */
export function createReplyActivities({ orm }: { orm: MikroORM }) {
  return {
    /**
     * Makes messages of an accepted text and of all that were accepted before it in the conversation, in that order, under the
     * conversation row's lock; the customer waits no longer. Idempotent by request. A text whose ticket has ended or passed on is
     * refused for good.
     */
    acceptReply: (request: ReplyRequest): Promise<AcceptedReply> =>
      orFailure(() => forCompany(orm, request.company, (em) => accept(em, request))),
  };
}

export type ReplyActivities = ReturnType<typeof createReplyActivities>;
