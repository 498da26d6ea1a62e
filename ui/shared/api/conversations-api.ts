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

/** An amount as a decimal, never a float. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface CustomerService {
  readonly plan: string;
  readonly address: string;
  /** active, suspended; absent, as all below, when the system did not say. */
  readonly status?: string;
  readonly online?: boolean;
  /** When it came up or went down, ISO. */
  readonly since?: string;
  readonly signalDbm?: number;
}

export interface OpenInvoice {
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
  readonly amount: Money;
}

export interface Customer {
  readonly name: string;
  readonly number: string;
  /** Masked by the server. */
  readonly document?: string;
  readonly services: readonly CustomerService[];
  /** What they owe; negative: in their favour. */
  readonly balance?: Money;
  readonly dueOn?: string;
  readonly invoices: readonly OpenInvoice[];
}

/** What the ISP's system knows about who writes. */
export interface CustomerPanel {
  readonly found: boolean;
  readonly customers: readonly Customer[];
  readonly asOf: string;
  /** The system did not answer: what is here is not all, or nothing. */
  readonly unavailable?: boolean;
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
