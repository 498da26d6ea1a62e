import { Injectable, inject } from '@angular/core';
import { Http } from './http';
import type { Named, TicketItem } from './tickets-api';

/** One thing in a chat: a message, an internal note or something that happened. */
export interface Entry {
  readonly id: string;
  readonly kind: 'message' | 'note' | 'event';
  readonly direction?: 'in' | 'out';
  readonly author: string;
  readonly agent?: Named;
  readonly contentKind?: string;
  readonly text?: string;
  readonly at: string;
  /** Of an outgoing message: queued, sent, delivered, read, failed, unknown. */
  readonly state?: string;
  readonly cause?: string;
  readonly seq?: number;
  readonly outcome?: string;
  /** Idempotency key of the reply that it was made of. */
  readonly request?: string;
}

export interface CustomerService {
  readonly plan: string;
  readonly status: string;
  readonly address?: string;
  readonly online?: boolean;
  readonly since?: string;
  readonly signalDbm?: number;
}

export interface CustomerInvoice {
  readonly id: string;
  readonly number?: string;
  readonly amount: number;
  readonly dueOn?: string;
  readonly paidOn?: string;
  readonly status?: string;
}

export interface Customer {
  readonly name: string;
  readonly number: string;
  /** Masked by the server. */
  readonly document?: string;
  readonly services: readonly CustomerService[];
  readonly balance: number;
  readonly dueOn?: string;
  readonly invoices: readonly CustomerInvoice[];
}

/** What the ISP's system knows about who writes. */
export interface CustomerPanel {
  readonly found: boolean;
  readonly customers: readonly Customer[];
  readonly asOf: string;
  readonly unavailable?: boolean | string;
}

export interface Conversation {
  readonly contact: Named & { readonly phone?: string };
  readonly channel: Named;
  readonly owner: 'bot' | 'agent' | 'owner';
  readonly ticket?: TicketItem;
  readonly workflowUrl?: string;
}

@Injectable({ providedIn: 'root' })
export class ConversationsApi {
  readonly #http = inject(Http);

  read(id: string): Promise<Conversation> {
    return this.#http.get(`/api/conversations/${id}`);
  }

  /** Oldest first; `older` tells whether there is more before. */
  messages(id: string, page: { before?: string; limit?: number } = {}): Promise<{ items: Entry[]; older: boolean }> {
    return this.#http.get(`/api/conversations/${id}/messages`, page);
  }

  /** @param key the same for a repetition: it is the same reply */
  reply(id: string, text: string, key?: string): Promise<Entry> {
    return this.#http.post(`/api/conversations/${id}/messages`, { text }, key);
  }

  customer(id: string): Promise<CustomerPanel> {
    return this.#http.get(`/api/conversations/${id}/customer`);
  }
}
