import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { ticketsClose } from './generated/fn/tickets/tickets-close';
import { type TicketsList$Params, ticketsList } from './generated/fn/tickets/tickets-list';
import { ticketsNote } from './generated/fn/tickets/tickets-note';
import { ticketsRead } from './generated/fn/tickets/tickets-read';
import { ticketsReopen } from './generated/fn/tickets/tickets-reopen';
import { ticketsTake } from './generated/fn/tickets/tickets-take';
import { ticketsTransfer } from './generated/fn/tickets/tickets-transfer';
import type * as api from './generated/models';
import { Http } from './http';

export type TicketItem = Frozen<api.TicketItem>;
export type TicketState = TicketItem['state'];
/** A department or a colleague. */
export type Named = NonNullable<TicketItem['assignee']>;
export type TicketPage = Frozen<api.TicketPage>;
export type TicketCounts = TicketPage['counts'];
export type Ticket = Frozen<api.Ticket>;
export type TicketEvent = Ticket['events'][number];
export type TicketQuery = Frozen<TicketsList$Params>;
/** The ticket as a command left it. */
type TicketAnswer = Frozen<api.TicketAnswer>;

/** Tickets. Expected refusals are problems with status 409: `ticket-taken` (fields.owner), `ticket-closed`, `not-yours`. */
@Injectable({ providedIn: 'root' })
export class TicketsApi {
  readonly #http = inject(Http);

  list(query: TicketQuery): Promise<TicketPage> {
    return this.#http.call(ticketsList, { ...query, q: query.q || undefined });
  }

  read(id: string): Promise<Ticket> {
    return this.#http.call(ticketsRead, { id });
  }

  take(id: string, key?: string): Promise<TicketAnswer> {
    return this.#http.call(ticketsTake, { id }, key);
  }

  transfer(id: string, transfer: Frozen<api.Transfer>, key?: string): Promise<TicketAnswer> {
    return this.#http.call(ticketsTransfer, { id, body: transfer }, key);
  }

  note(id: string, text: string, key?: string): Promise<TicketAnswer> {
    return this.#http.call(ticketsNote, { id, body: { text } }, key);
  }

  close(id: string, comment?: string, key?: string): Promise<TicketAnswer> {
    return this.#http.call(ticketsClose, { id, body: comment ? { comment } : {} }, key);
  }

  reopen(id: string, key?: string): Promise<TicketAnswer> {
    return this.#http.call(ticketsReopen, { id }, key);
  }
}
