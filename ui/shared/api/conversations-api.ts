import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { conversationsCustomer } from './generated/fn/conversations/conversations-customer';
import { conversationsMessages } from './generated/fn/conversations/conversations-messages';
import { conversationsRead } from './generated/fn/conversations/conversations-read';
import { conversationsSendInvoice } from './generated/fn/conversations/conversations-send-invoice';
import { conversationsSendLink } from './generated/fn/conversations/conversations-send-link';
import { conversationsReply } from './generated/fn/conversations/conversations-reply';
import { conversationsUpload } from './generated/fn/conversations/conversations-upload';
import type * as api from './generated/models';
import { Http } from './http';
import type { Watch } from './watch';

export type Conversation = Frozen<api.Conversation>;
/** One thing in a chat: a message, an internal note or something that happened. */
export type Entry = Frozen<api.Entry>;
/** What is written to a customer: a text, a file with its text, a place, a card or a reaction. */
export type Reply = Frozen<api.Reply>;
export type Upload = Frozen<api.Upload>;
export type FileKind = Upload['kind'];
/** An amount as a decimal, never a float. */
export type Money = Frozen<api.Money>;
/** What the ISP's system knows about who writes. */
export type CustomerPanel = Frozen<api.CustomerPanel>;
export type Customer = CustomerPanel['customers'][number];
/** Its status, whether it is online and its signal are absent when the system did not say. */
export type CustomerService = Customer['services'][number];
export type CustomerInvoice = Customer['invoices'][number];
export type CustomerGroup = CustomerPanel['layout'][number];

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
  reply(id: string, reply: Reply, key?: string): Promise<Entry> {
    return this.#http.call(conversationsReply, { id, body: reply }, key);
  }

  /** Puts a file up, to be sent with a reply within a day. @throws ApiProblem file-refused, too-large, not-yours · Cancelled */
  upload(id: string, { kind, name, file }: { kind: FileKind; name: string; file: Blob }, watch: Watch): Promise<Upload> {
    // A browser sends a blob under the type that it has; this route takes bytes, and finds out itself what they are.
    const body = file.slice(0, file.size, 'application/octet-stream');
    return this.#http.send(conversationsUpload, { id, kind, name, body }, watch);
  }

  customer(id: string): Promise<CustomerPanel> {
    return this.#http.call(conversationsCustomer, { id });
  }

  /**
   * Sends the document of an invoice as one's own message. @param key the same for a repetition
   * @throws ApiProblem isp-away, invoice-without-document, customer-not-theirs, not-yours
   */
  sendInvoice(id: string, invoice: { customer: string; invoice: string }, key: string): Promise<Entry> {
    return this.#http.call(conversationsSendInvoice, { id, body: invoice }, key);
  }

  /**
   * Sends where an invoice is paid as one's own message. @param link with what is owed of it, as the person has seen it @param key the same for a repetition
   * @throws ApiProblem isp-away, platform-away, invoice-unknown, invoice-cancelled, link-off, link-currency, link-paid, link-in-review, link-amount-changed, customer-not-theirs, not-yours
   */
  sendLink(id: string, link: { customer: string; invoice: string; amount: Money }, key: string): Promise<Entry> {
    return this.#http.call(conversationsSendLink, { id, body: link }, key);
  }
}
