import type { BookCustomer, BookInvoice, BookPlan, BookService } from '../domain/customer-book.js';
import {
  maskedDocument, type Account, type Connection, type CustomerMatch, type CustomerOrder, type CustomerProfile, type CustomerQuery, type InvoiceDocument,
  type InvoiceSummary, type Money, type OrderResult, type QueryResult,
} from '../domain/customers.js';
import { cents, fromCents, sumOf } from '../domain/money.js';
import type { Crm, CrmCapability } from './crm.js';
import { streetNumber } from './street-number.js';

export interface HeldService extends Omit<BookService, 'since'> {
  plan: Pick<BookPlan, 'name' | 'currency'>;
  /** Absent while nobody has told. */
  since?: string;
}

export interface BookEntry {
  customer: BookCustomer;
  /** Without cancelled ones. */
  services: HeldService[];
}

/** One company's rows of the embedded customer book. Ids that are nobody's simply find nothing. */
export interface EmbeddedBook {
  /** @param phone E.164 digits; spelling variants of a country count as the same phone */
  byPhone(phone: string): Promise<BookEntry[]>;
  byDocument(document: string): Promise<BookEntry[]>;
  byId(customer: string): Promise<BookEntry | undefined>;
  /** What is owed, `amount` being what is left of each; earliest due date first. */
  openInvoices(customer: string): Promise<BookInvoice[]>;
  /** What the customer has paid and nothing has taken yet, in the company's currency. */
  credit(customer: string): Promise<string>;
  profile(customer: string): Promise<CustomerProfile | undefined>;
  /** Newest first. */
  invoices(customer: string, limit: number): Promise<InvoiceSummary[] | undefined>;
  document(customer: string, invoice: string): Promise<InvoiceDocument | undefined>;
  /** In one transaction, or not at all. */
  act(order: CustomerOrder): Promise<OrderResult>;
  /** Those on sale, in the order that the company gave them. */
  plans(): Promise<BookPlan[]>;
  /** ISO 4217, for an account in which nothing is open. */
  currency(): Promise<string>;
}

/** All of the port but what needs equipment of the provider's. */
export const embeddedCapabilities = [
  'by-phone', 'by-document', 'account', 'connection', 'plans', 'profile', 'invoices', 'invoice-document',
  'pay', 'reverse-payment', 'reactivate', 'suspend', 'open-ticket', 'close-ticket', 'prospect',
] as const satisfies readonly CrmCapability[];

const PHONE_ENDING_DIGITS = 4;

function matchOf({ customer, services }: BookEntry): CustomerMatch {
  const addresses = [customer.address, ...services.map((service) => service.address)];
  return {
    id: customer.id,
    name: customer.name,
    ...(customer.number === undefined ? {} : { number: customer.number }),
    ...(customer.document === '' ? {} : { document: maskedDocument(customer.document) }),
    services: services.map(({ id, plan, address }) => ({ id, plan: plan.name, address })),
    facts: {
      phoneEndings: customer.phones.map((phone) => phone.slice(-PHONE_ENDING_DIGITS)),
      serviceNumbers: services.map((service) => service.serviceNumber),
      streetNumbers: [...new Set(addresses.flatMap((address) => streetNumber(address) ?? []))],
    },
  };
}

/**
 * The balance is in the currency of what is due first; open invoices in another one are listed, but cannot be added to it.
 * @param credit in the customer's favour, in the company's currency
 */
function accountOf(invoices: readonly BookInvoice[], services: readonly HeldService[], { currency, credit }: { currency: string; credit: string }): Account {
  const [first] = invoices;
  const balanceIn = first?.currency ?? currency;
  const owed = sumOf(invoices.filter((invoice) => invoice.currency === balanceIn).map((invoice) => invoice.amount));
  const balance: Money = { amount: balanceIn === currency ? fromCents(cents(owed) - cents(credit)) : owed, currency: balanceIn };
  return {
    balance,
    ...(first ? { dueOn: first.dueOn } : {}),
    invoices: invoices.map(({ number, dueOn, amount, currency: of }) => ({ number, dueOn, amount: { amount, currency: of } })),
    suspended: services.some((service) => service.status === 'suspended'),
  };
}

function connectionOf({ status, online, since, signalDbm }: HeldService): Connection {
  return { status, online, ...(since === undefined ? {} : { since }), ...(signalDbm === undefined || !online ? {} : { signalDbm }) };
}

const NOT_FOUND = { ok: false, reason: 'not-found' } as const;

async function account(book: EmbeddedBook, customer: string): Promise<QueryResult> {
  const entry = await book.byId(customer);
  if (!entry) return NOT_FOUND;
  const [invoices, currency, credit] = [await book.openInvoices(customer), await book.currency(), await book.credit(customer)];
  return { ok: true, kind: 'account', account: accountOf(invoices, entry.services, { currency, credit }) };
}

async function connection(book: EmbeddedBook, customer: string, id: string): Promise<QueryResult> {
  const service = (await book.byId(customer))?.services.find((one) => one.id === id);
  return service ? { ok: true, kind: 'connection', connection: connectionOf(service) } : NOT_FOUND;
}

async function plans(book: EmbeddedBook): Promise<QueryResult> {
  const all = await book.plans();
  return {
    ok: true,
    kind: 'plans',
    plans: all.map(({ name, downMbps, upMbps, price, currency, description }) => (
      { name, downMbps, upMbps, price: { amount: price, currency }, description }
    )),
  };
}

const matches = (entries: readonly BookEntry[]): QueryResult => ({ ok: true, kind: 'customers', customers: entries.map(matchOf) });

/** Hilo's own customer book, for an ISP that has no other system. */
export function embeddedCrm(book: EmbeddedBook): Crm {
  return {
    ask: async (query: CustomerQuery): Promise<QueryResult> => {
      switch (query.kind) {
        case 'by-phone':
          return matches(await book.byPhone(query.phone));
        case 'by-document':
          return matches(await book.byDocument(query.document));
        case 'account':
          return account(book, query.customer);
        case 'connection':
          return connection(book, query.customer, query.service);
        case 'plans':
          return plans(book);
        case 'profile': {
          const profile = await book.profile(query.customer);
          return profile ? { ok: true, kind: 'profile', profile } : NOT_FOUND;
        }
        case 'invoices': {
          const invoices = await book.invoices(query.customer, query.limit);
          return invoices ? { ok: true, kind: 'invoices', invoices } : NOT_FOUND;
        }
        case 'invoice-document': {
          const document = await book.document(query.customer, query.invoice);
          return document ? { ok: true, kind: 'document', document } : NOT_FOUND;
        }
        case 'speed-test':
          return { ok: false, reason: 'unsupported' };
      }
    },
    act: (order) => book.act(order),
    test: () => Promise.resolve({ ok: true, ms: 0 }),
  };
}
