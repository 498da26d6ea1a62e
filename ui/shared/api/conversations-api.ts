import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { conversationsCustomer } from './generated/fn/conversations/conversations-customer';
import { conversationsMessages } from './generated/fn/conversations/conversations-messages';
import { conversationsRead } from './generated/fn/conversations/conversations-read';
import { conversationsReply } from './generated/fn/conversations/conversations-reply';
import type * as api from './generated/models';
import { Http } from './http';

export type Conversation = Frozen<api.Conversation>;
/** One thing in a chat: a message, an internal note or something that happened. */
export type Entry = Frozen<api.Entry>;
/** An amount as a decimal, never a float. */
export type Money = Frozen<api.Money>;
/** What the ISP's system knows about who writes. */
export type CustomerPanel = Frozen<api.CustomerPanel>;
export type Customer = CustomerPanel['customers'][number];
/** Its status, whether it is online and its signal are absent when the system did not say. */
export type CustomerService = Customer['services'][number];
export type OpenInvoice = Customer['invoices'][number];

@Injectable({ providedIn: 'root' })
export class ConversationsApi {
  readonly #http = inject(Http);

  read(id: string): Promise<Conversation> {
    return this.#http.call(conversationsRead, { id });
  }

  /** Oldest first; `older` tells whether there is more before. */
  messages(id: string, page: { before?: string; limit?: number } = {}): Promise<{ items: Entry[]; older: boolean }> {
    return this.#http.call(conversationsMessages, { id, ...page });
  }

  /** @param key the same for a repetition: it is the same reply */
  reply(id: string, text: string, key?: string): Promise<Entry> {
    return this.#http.call(conversationsReply, { id, body: { text } }, key);
  }

  customer(id: string): Promise<CustomerPanel> {
    return this.#http.call(conversationsCustomer, { id });
  }
}
