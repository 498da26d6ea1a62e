import type { CustomerQuery, InvoiceDocument, Money, QueryResult } from '../customers.js';

/** A file in the media store. */
export interface StoredFile {
  sha256: string;
  /** Bytes. */
  size: number;
  mimetype: string;
  fileName: string;
}

/**
 * What a picture or PDF of the customer's turned out to be, as far as a conversation has to know: what becomes of a receipt its own workflow
 * tells. unreadable: the file could not be had or opened, `fault` says why where it is known · pending: nobody could say in time; it is still
 * looked at.
 */
export interface LookedAt {
  ok: true;
  kind: 'receipt';
  is: 'receipt' | 'other' | 'unreadable' | 'pending';
  fault?: string;
}

/** How a customer can pay: names and numbers as the company shows them. */
export interface PaymentMethod {
  kind: 'mercadopago' | 'transfer' | 'other';
  name: string;
  /** CBU, CVU, CLABE … of a transfer. */
  number?: string;
  alias?: string;
  holder?: string;
  /** Of the holder: CUIT, RFC … */
  document?: string;
  bank?: string;
  /** What else customers have to know. */
  text?: string;
}

/** What the company itself is asked. `invoice`: the one that is paid; its amount is what a link is for. */
export interface PaymentQuery {
  kind: 'payment-options';
  customer: { id: string; name: string };
  invoice: { id: string; number: string };
  amount: Money;
}

/** All that a conversation asks: of the ISP's system, and of the company. */
export type ConversationQuery = CustomerQuery | PaymentQuery;

/** `link`: where this very invoice is paid, if the company has a platform that makes one. Methods are the visible ones, in the company's order. */
export interface PaymentOptions {
  ok: true;
  kind: 'payment-options';
  link?: string;
  methods: PaymentMethod[];
}

/** An answer as a conversation's row keeps it: of a document, where its bytes are. */
export type KeptAnswer = (
  | Exclude<QueryResult, { kind: 'document' }>
  | LookedAt
  | PaymentOptions
  | { ok: true; kind: 'stored-document'; document: StoredFile & Pick<InvoiceDocument, 'invoice'> }
) & {
  /** When the system said so: ISO instant. */
  asOf?: string;
  /** Nobody was asked just now. */
  cached?: boolean;
};
