import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../libs/domain/errors.js';
import type { Role } from '../libs/domain/roles.js';
import type { Person } from '../libs/domain/ticket/access.js';
import type { Ticket } from '../libs/domain/ticket/command.js';
import type { TicketState } from '../libs/domain/ticket/state.js';

/** An id that came from elsewhere must not reach PostgreSQL as a malformed uuid: it is simply nobody's. */
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface TicketRow {
  conversation: string;
  state: TicketState;
  assignee: string | null;
  department: string | null;
  taken: string | null;
  closed: string | null;
  successor: boolean;
}

const optional = <K extends string, V>(key: K, value: V | null): Partial<Record<K, V>> =>
  (value === null ? {} : { [key]: value }) as Partial<Record<K, V>>;

/**
 * Reads a ticket and holds its row until the transaction ends. A command that also writes the conversation holds that row first, as
 * decisions and replies do: two that waited for each other would both be lost.
 * @throws DomainError `ticket-unknown`
 */
export async function lockTicket(
  em: EntityManager,
  company: string,
  ticket: string,
  also: { conversation: boolean },
): Promise<Ticket & { conversation: string }> {
  if (!uuidShape.test(ticket)) throw new DomainError('ticket-unknown');
  if (also.conversation) {
    await em.execute(
      `select from conversations where company = ? and id = (select conversation from tickets where company = ? and id = ?::uuid) for update`,
      [company, company, ticket],
    );
  }
  const [row] = await em.execute<TicketRow[]>(
    `select conversation, state, assignee, department, floor(extract(epoch from taken_at) * 1000)::text taken,
        floor(extract(epoch from closed_at) * 1000)::text closed,
        exists (select from tickets o where o.company = t.company and o.conversation = t.conversation and o.id <> t.id
          and o.state <> 'closed') successor
      from tickets t where company = ? and id = ?::uuid for no key update`,
    [company, ticket],
  );
  if (!row) throw new DomainError('ticket-unknown');
  return {
    conversation: row.conversation,
    state: row.state,
    ...optional('assignee', row.assignee),
    ...optional('department', row.department),
    ...optional('takenAtMs', row.taken === null ? null : Number(row.taken)),
    ...optional('closedAtMs', row.closed === null ? null : Number(row.closed)),
    hasSuccessor: row.successor,
  };
}

/** A user who may log in, with their departments; undefined when there is none. */
export async function personOf(em: EntityManager, company: string, id: string): Promise<Person | undefined> {
  if (!uuidShape.test(id)) return undefined;
  const [row] = await em.execute<{ role: Role; departments: string[] }[]>(
    `select role, array(select d.department::text from user_departments d where d.company = u.company and d.member = u.id) departments
      from users u where company = ? and id = ?::uuid and active`,
    [company, id],
  );
  return row && { id, role: row.role, departments: row.departments };
}

export async function departmentExists(em: EntityManager, company: string, id: string): Promise<boolean> {
  if (!uuidShape.test(id)) return false;
  const rows = await em.execute<object[]>('select 1 from departments where company = ? and id = ?::uuid', [company, id]);
  return rows.length > 0;
}

/** Adds to a ticket's trail. `data`: ids only. */
export const addEvent = (em: EntityManager, company: string, ticket: string, event: { kind: string; actor?: string; data?: object }) =>
  em.execute('insert into ticket_events (company, ticket, kind, actor, data) values (?, ?::uuid, ?, ?::uuid, ?::jsonb)', [
    company, ticket, event.kind, event.actor ?? null, event.data === undefined ? null : JSON.stringify(event.data),
  ]);
