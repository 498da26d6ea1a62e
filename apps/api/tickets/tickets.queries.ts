import type { EntityManager } from '@mikro-orm/postgresql';
import { maySeeTicket, type Person, type TicketFacts } from '../../../libs/domain/ticket/access.js';
import type { TicketRef } from '../../../workflows/ticket/contract.js';
import { visibleTo, type Condition } from './sight.js';
import { ticketItems } from './ticket-items.js';
import { typedPhone } from './typed-phone.js';
import type { Named, TicketEventView, TicketItem, TicketPage, TicketQuery } from './ticket.schema.js';

const MOST_EARLIER = 20;

/** A pattern for `like` that finds these letters anywhere, whatever they mean to PostgreSQL. */
export const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Tickets of a person, a number or a summary that has these words.
 * @param phones what `typedPhone` says of them
 */
export function matching(q: string, phones: string): Condition {
  const digits = q.replace(/\D/g, '');
  const words = like(q);
  return {
    sql: `(search_key(t.summary) like search_key(?) or t.number::text = ?
      or exists (select from contacts c where c.company = t.company and c.id = t.contact and search_key(c.name) like search_key(?))
      or (? <> '' and exists (select from contact_addresses a where a.company = t.company and a.contact = t.contact
        and a.address like '%@s.whatsapp.net' and (a.address like ? or a.key = any(?::text[])))))`,
    values: [words, q.replace(/^#/, ''), words, digits, like(digits), phones],
  };
}

function conditionsOf(query: TicketQuery, company: string, person: Person, phones: string): Condition[] {
  const state = query.state ?? (query.mine ? 'in-progress' : undefined);
  return [
    { sql: 't.company = ?', values: [company] },
    visibleTo(person),
    state === undefined ? { sql: `t.state <> 'closed'`, values: [] } : { sql: 't.state = ?', values: [state] },
    ...(query.mine ? [{ sql: 't.assignee = ?::uuid', values: [person.id] }] : []),
    ...(query.department === undefined ? [] : [{ sql: 't.department = ?::uuid', values: [query.department] }]),
    ...(query.q === '' ? [] : [matching(query.q, phones)]),
  ];
}

/** How many tickets a person may see, by what the tabs show. */
async function countsFor(em: EntityManager, company: string, person: Person): Promise<TicketPage['counts']> {
  const visible = visibleTo(person);
  const [counts] = await em.execute<TicketPage['counts'][]>(
    `select count(*) filter (where t.state = 'pending')::int as pending, count(*) filter (where t.state = 'in-progress')::int as "inProgress",
        count(*) filter (where t.state = 'in-progress' and t.assignee = ?::uuid)::int as mine
      from tickets t where t.company = ? and t.state <> 'closed' and ${visible.sql}`,
    [person.id, company, ...visible.values],
  );
  return counts!;
}

export async function listTickets(em: EntityManager, company: string, person: Person, query: TicketQuery): Promise<TicketPage> {
  const phones = await typedPhone(em, company, query.q);
  const found = await ticketItems(em, conditionsOf(query, company, person, phones), query.limit + 1, query.cursor);
  const page = found.slice(0, query.limit);
  const counts = await countsFor(em, company, person);
  return { items: page.map(({ item }) => item), counts, ...(found.length > page.length ? { cursor: page.at(-1)!.cursor } : {}) };
}

/** One ticket whoever may see it: callers have looked. */
export async function ticketItem(em: EntityManager, company: string, id: string): Promise<TicketItem | undefined> {
  const [found] = await ticketItems(em, [{ sql: 't.company = ? and t.id = ?::uuid', values: [company, id] }], 1);
  return found?.item;
}

/** Earlier tickets of the same contact that a person may see, newest first. */
export async function earlierTickets(em: EntityManager, company: string, person: Person, of: TicketItem): Promise<TicketItem[]> {
  const same = { sql: 't.company = ? and t.contact = ?::uuid and t.number < ?', values: [company, of.contact.id, of.number] };
  const found = await ticketItems(em, [same, visibleTo(person)], MOST_EARLIER);
  return found.map(({ item }) => item).sort((one, other) => other.number - one.number);
}

/** What commands look at before they ask the workflow. */
export interface TicketAtHand {
  ref: TicketRef;
  facts: TicketFacts;
  takenAt: Date | undefined;
  /** Who has it, or had it when it was closed. */
  assignee: Named | undefined;
}

export async function ticketAtHand(em: EntityManager, company: string, id: string): Promise<TicketAtHand | undefined> {
  const [row] = await em.execute<{
    number: string; conversation: string; contact: string; state: TicketFacts['state']; department: string | null; assignee: Named | null; taken_at: string | null;
  }[]>(
    `select t.number::text, t.conversation, t.contact, t.state, t.department, t.taken_at, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as assignee
      from tickets t left join users u on u.company = t.company and u.id = t.assignee where t.company = ? and t.id = ?::uuid`,
    [company, id],
  );
  if (!row) return undefined;
  const { number, conversation, contact, state, department, assignee, taken_at: taken } = row;
  return {
    ref: { company, ticket: id, number: Number(number), conversation, contact },
    facts: { state, ...(assignee === null ? {} : { assignee: assignee.id }), ...(department === null ? {} : { department }) },
    takenAt: taken === null ? undefined : new Date(taken),
    assignee: assignee ?? undefined,
  };
}

export interface NewestTicket {
  id: string;
  facts: TicketFacts;
}

/** The newest ticket of a conversation: whoever may see it may see the conversation. */
export async function newestTicketOf(em: EntityManager, company: string, conversation: string): Promise<NewestTicket | undefined> {
  const [row] = await em.execute<{ id: string; state: TicketFacts['state']; assignee: string | null; department: string | null }[]>(
    `select id, state, assignee, department from tickets where company = ? and conversation = ?::uuid order by number desc limit 1`, [company, conversation]);
  if (!row) return undefined;
  const { id, state, assignee, department } = row;
  return { id, facts: { state, ...(assignee === null ? {} : { assignee }), ...(department === null ? {} : { department }) } };
}

/** Whether somebody sees the ticket now, or did while it waited. */
export const couldEverSee = (person: Person, facts: TicketFacts): boolean => {
  const { department } = facts;
  return maySeeTicket(person, facts) || maySeeTicket(person, { state: 'pending', ...(department === undefined ? {} : { department }) });
};

/** Where a transfer went, and who did what: the trail of a ticket. */
export async function trailOf(em: EntityManager, company: string, ticket: string): Promise<TicketEventView[]> {
  const rows = await em.execute<{ id: string; kind: string; at: string; actor: Named | null; receiver: Named | null; comment: string | null }[]>(
    `select e.id::text, e.kind, e.at, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as actor,
        case when e.kind <> 'transferred' then null when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name)
          when d.id is not null then jsonb_build_object('id', d.id, 'name', d.name) end as receiver,
        case when e.kind = 'closed' then (select o.text from outbox_texts o where o.company = e.company and o.ticket = e.ticket
          and o.request::text = e.data->>'command' and o.kind = 'close-comment') end as comment
      from ticket_events e left join users u on u.company = e.company and u.id = e.actor
        left join users a on a.company = e.company and a.id::text = e.data->>'agent'
        left join departments d on d.company = e.company and d.id::text = e.data->>'department'
      where e.company = ? and e.ticket = ?::uuid order by e.id`,
    [company, ticket],
  );
  return rows.map(({ id, kind, at, actor, receiver, comment }) => ({
    id, kind, at: new Date(at).toISOString(),
    ...(actor ? { actor } : {}), ...(receiver ? { to: receiver } : {}), ...(comment ? { comment } : {}),
  }));
}
