import { can } from '../permissions.js';
import type { Role } from '../roles.js';
import type { TicketState } from './state.js';

/** A user of the company, as far as tickets care. Departments by id. */
export interface Person {
  id: string;
  role: Role;
  departments: readonly string[];
}

/** What of a ticket decides who may do what with it. */
export interface TicketFacts {
  state: TicketState;
  /** User who has it, or had it when it was closed. */
  assignee?: string;
  /** Absent: of all departments. */
  department?: string;
}

/**
 * Whether somebody may see a ticket and its chat: those who hold `tickets.all` all of them, others what is theirs and what waits
 * in their departments or in none.
 */
export function maySeeTicket(person: Person, ticket: TicketFacts): boolean {
  if (can(person.role, 'tickets.all') || ticket.assignee === person.id) return true;
  return ticket.state === 'pending' && (ticket.department === undefined || person.departments.includes(ticket.department));
}

/** Whether somebody may write to the customer: one person at a time, the one who has the ticket. */
export function mayWriteIn(person: Pick<Person, 'id'>, ticket: TicketFacts): boolean {
  return ticket.state === 'in-progress' && ticket.assignee === person.id;
}
