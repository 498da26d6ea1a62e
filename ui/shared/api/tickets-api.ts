import { Injectable, inject } from '@angular/core';
import { Http } from './http';

export type TicketState = 'pending' | 'in-progress' | 'closed';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface TicketItem {
  readonly id: string;
  readonly number: number;
  readonly state: TicketState;
  readonly summary: string;
  readonly contact: Named & { readonly phone?: string };
  readonly conversation: string;
  readonly department?: Named;
  readonly assignee?: Named;
  readonly openedAt: string;
  readonly takenAt?: string;
  readonly waitingSince?: string;
  readonly alarmedAt?: string;
  readonly closedAt?: string;
  readonly lastMessage?: { readonly text: string; readonly at: string; readonly author: string };
  readonly unread: number;
}

export interface TicketCounts {
  readonly pending: number;
  readonly inProgress: number;
  readonly mine: number;
}

export interface TicketPage {
  readonly items: readonly TicketItem[];
  readonly counts: TicketCounts;
  readonly cursor?: string;
}

export interface TicketEvent {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly actor?: Named;
  /** Colleague or department that it was transferred to. */
  readonly to?: Named;
  /** Of a closing. */
  readonly comment?: string;
}

export interface Ticket extends TicketItem {
  readonly events: readonly TicketEvent[];
  readonly earlier: readonly TicketItem[];
  readonly workflowUrl?: string;
}

export interface TicketQuery {
  readonly state?: TicketState;
  readonly mine?: 1;
  readonly department?: string;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

/** Tickets. Expected refusals are problems with status 409: `ticket-taken` (fields.owner), `ticket-closed`, `not-yours`. */
@Injectable({ providedIn: 'root' })
export class TicketsApi {
  readonly #http = inject(Http);

  list(query: TicketQuery): Promise<TicketPage> {
    return this.#http.get('/api/tickets', { ...query });
  }

  read(id: string): Promise<Ticket> {
    return this.#http.get(`/api/tickets/${id}`);
  }

  take(id: string, key?: string): Promise<{ ticket: TicketItem }> {
    return this.#http.post(`/api/tickets/${id}/take`, {}, key);
  }

  transfer(id: string, transfer: { to: { agent: string } | { department: string }; note?: string }, key?: string): Promise<{ ticket: TicketItem }> {
    return this.#http.post(`/api/tickets/${id}/transfer`, transfer, key);
  }

  note(id: string, text: string, key?: string): Promise<{ ticket: TicketItem }> {
    return this.#http.post(`/api/tickets/${id}/notes`, { text }, key);
  }

  close(id: string, comment?: string, key?: string): Promise<{ ticket: TicketItem }> {
    return this.#http.post(`/api/tickets/${id}/close`, comment ? { comment } : {}, key);
  }

  reopen(id: string, key?: string): Promise<{ ticket: TicketItem }> {
    return this.#http.post(`/api/tickets/${id}/reopen`, {}, key);
  }
}
