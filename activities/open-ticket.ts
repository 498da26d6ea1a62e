import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../libs/domain/errors.js';
import { openedText } from '../libs/domain/ticket/group-texts.js';
import { newWaId } from './message-id.js';
import { addEvent } from './ticket-rows.js';

export interface OpenTicketRequest {
  company: string;
  conversation: string;
  /** Id of the step that asks: its summary and department are in `conversation_queries`. */
  step: string;
}

export interface OpenedTicket {
  ticket: string;
  /** As customers are told it: counts from 1 in each company. */
  number: number;
  contact: string;
  /** Text about it that the number's group has not got yet: id of its row in `group_messages`. */
  notice?: string;
}

/** The ticket that this step opened, or the one that is open. */
async function existing(em: EntityManager, { company, conversation, step }: OpenTicketRequest): Promise<OpenedTicket | undefined> {
  const [row] = await em.execute<{ ticket: string; number: string; contact: string }[]>(
    `select id ticket, number::text, contact from tickets
      where company = ? and conversation = ?::uuid and (step = ? or state <> 'closed') order by (step = ?) desc limit 1`,
    [company, conversation, step, step],
  );
  return row && { ...row, number: Number(row.number) };
}

async function insert(em: EntityManager, { company, conversation, step }: OpenTicketRequest): Promise<OpenedTicket> {
  const [counter] = await em.execute<{ last: string }[]>(
    `insert into ticket_counters (company, last) values (?, 1)
      on conflict (company) do update set last = ticket_counters.last + 1 returning last::text`,
    [company],
  );
  const [made] = await em.execute<{ ticket: string; contact: string; department: string | null }[]>(
    `insert into tickets (company, number, conversation, channel, contact, department, summary, step)
      select c.company, ?, c.id, c.channel, c.contact,
          (select d.id from departments d where d.company = c.company and lower(d.name) = lower(q.query->>'department')),
          q.query->>'summary', q.step
        from conversations c join conversation_queries q on q.company = c.company and q.conversation = c.id
        where c.company = ? and c.id = ?::uuid and q.step = ? and q.query->>'kind' = 'ticket'
      returning id ticket, contact, department`,
    [counter!.last, company, conversation, step],
  );
  if (!made) throw new Error('This conversation has not asked such a step');
  const { ticket, contact, department } = made;
  await addEvent(em, company, ticket, { kind: 'opened', ...(department === null ? {} : { data: { department } }) });
  await em.execute('update conversations set ticket = ?::uuid where company = ? and id = ?::uuid', [ticket, company, conversation]);
  return { ticket, contact, number: Number(counter!.last) };
}

/**
 * Opens a ticket under the conversation row's lock and marks the step as answered.
 * @throws DomainError `conversation-unknown`
 */
export async function openTicketIn(em: EntityManager, request: OpenTicketRequest): Promise<OpenedTicket> {
  const { company, conversation, step } = request;
  const held = await em.execute<object[]>('select 1 from conversations where company = ? and id = ?::uuid for update', [company, conversation]);
  if (held.length === 0) throw new DomainError('conversation-unknown');
  const opened = (await existing(em, request)) ?? (await insert(em, request));
  await em.execute(
    `update conversation_queries set result = ?::jsonb, answered_at = clock_timestamp()
      where company = ? and conversation = ?::uuid and step = ? and answered_at is null`,
    [JSON.stringify({ kind: 'ticket', number: opened.number }), company, conversation, step],
  );
  const notice = await noticeOf(em, company, opened);
  return { ...opened, ...(notice === undefined ? {} : { notice }) };
}

interface NoticeRow {
  channel: string;
  group_jid: string;
  summary: string;
  department: string | null;
  contact: string | null;
}

/** Writes what the number's group is to hear of a ticket, where it has one: once a ticket. @returns what has not gone out yet */
async function noticeOf(em: EntityManager, company: string, { ticket, number }: OpenedTicket): Promise<string | undefined> {
  const [row] = await em.execute<NoticeRow[]>(
    `select t.channel, h.group_jid, t.summary, d.name department, c.name contact from tickets t
        join channels h on h.company = t.company and h.id = t.channel and h.group_jid is not null
        left join departments d on d.company = t.company and d.id = t.department left join contacts c on c.company = t.company and c.id = t.contact
      where t.company = ? and t.id = ?::uuid`, [company, ticket]);
  if (!row) return undefined;
  const { channel, group_jid: group, summary, department, contact } = row;
  const text = openedText({ number, summary, ...(department === null ? {} : { department }), ...(contact === null ? {} : { contact }) });
  await em.execute(
    `insert into group_messages (company, channel, group_jid, ticket, purpose, text, wa_id) values (?, ?::uuid, ?, ?::uuid, 'opened', ?, ?) on conflict do nothing`,
    [company, channel, group, ticket, text, newWaId()]);
  const [unsent] = await em.execute<{ id: string }[]>(
    `select id::text from group_messages where company = ? and ticket = ?::uuid and purpose = 'opened' and state in ('queued', 'sending', 'unknown')`,
    [company, ticket]);
  return unsent?.id;
}
