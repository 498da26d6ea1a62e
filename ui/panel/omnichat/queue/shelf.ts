import type { TicketItem, TicketQuery } from '../../../shared/api/tickets-api';

export const tabs = ['pending', 'in-progress', 'mine'] as const;
export type Tab = (typeof tabs)[number];

/** What of the queue is looked at. */
export interface Shelf {
  readonly tab: Tab;
  /** Id of a department; undefined: all. */
  readonly department?: string;
  readonly q: string;
}

export function queryOf({ tab, department, q }: Shelf): TicketQuery {
  return { ...(tab === 'mine' ? { mine: '1', state: 'in-progress' } : { state: tab }), department, q: q.trim() || undefined };
}

/** Whether a ticket stands on a shelf. What was searched for is the server's to say: there, only what stood there before stays. */
export function standsOn(shelf: Shelf, ticket: TicketItem, me: string, stoodThere: boolean): boolean {
  if (shelf.q.trim() !== '' && !stoodThere) return false;
  if (shelf.department !== undefined && ticket.department?.id !== shelf.department) return false;
  if (shelf.tab === 'mine') return ticket.state === 'in-progress' && ticket.assignee?.id === me;
  return ticket.state === shelf.tab;
}

/** Longest wait first, then those that wait for nobody, oldest first: the server's order. */
export function compareTickets(one: TicketItem, other: TicketItem): number {
  if (one.waitingSince !== other.waitingSince) {
    if (!one.waitingSince) return 1;
    if (!other.waitingSince) return -1;
    return one.waitingSince < other.waitingSince ? -1 : 1;
  }
  return one.number - other.number;
}

/**
 * The shelf's loaded part after a ticket changed. A ticket that sorts behind what is loaded stays out while there is more to load:
 * its page will bring it.
 */
export function withTicket(items: readonly TicketItem[], ticket: TicketItem, stands: boolean, complete: boolean): readonly TicketItem[] {
  const others = items.filter(({ id }) => id !== ticket.id);
  if (!stands) return others.length === items.length ? items : others;
  const at = others.findIndex((item) => compareTickets(ticket, item) < 0);
  if (at < 0) return complete || others.length < items.length ? [...others, ticket] : others;
  return [...others.slice(0, at), ticket, ...others.slice(at)];
}

/** The shelf's loaded part with the page that follows it; a ticket that moved meanwhile is not shown twice. */
export function withPage(items: readonly TicketItem[], page: readonly TicketItem[]): readonly TicketItem[] {
  const ids = new Set(items.map(({ id }) => id));
  return [...items, ...page.filter(({ id }) => !ids.has(id))];
}
