import type { BookCustomer, BookInvoice, BookPlan, BookService, CustomerBook } from '../../domain/customer-book.js';

export interface LedgerPayment {
  seq: number;
  at: string;
  customer: string;
  /** Absent: to the account. */
  invoice?: string;
  /** Decimal string, as it was sent. */
  amount: string;
  method: string;
  /** What the client called it; empty where the system has no field for it. */
  reference: string;
  /** Taken back. */
  reversed?: true;
}
export interface LedgerTicket {
  seq: number;
  at: string;
  id: number;
  customer: string;
  subject: string;
  body: string;
  /** Why it was closed; absent while it is open. */
  closed?: string;
}
export interface LedgerProspect {
  seq: number;
  at: string;
  id: number;
  /** As they came. */
  fields: Record<string, string>;
}

/** What happened in a system, by the book's ids. */
export interface CrmLedger {
  payments: LedgerPayment[];
  /** A customer's services were switched on or off. */
  switches: { seq: number; at: string; customer: string; to: 'active' | 'suspended' }[];
  tickets: LedgerTicket[];
  prospects: LedgerProspect[];
}

type Kind = 'customers' | 'services' | 'invoices' | 'plans';

/** Vendors count; the book has UUIDs. */
const FIRST_NUMBER: Record<Kind, number> = { customers: 801, services: 901, invoices: 5001, plans: 11 };

/** One simulated system's customers and what was done to them. The book is a copy that it may change. */
export class SystemWorld {
  readonly ledger: CrmLedger = { payments: [], switches: [], tickets: [], prospects: [] };
  readonly book: CustomerBook;
  /** Whatever else a vendor remembers: tokens it has given, tasks, counters. */
  readonly notes = new Map<string, unknown>();
  #seq = 0;

  constructor(book: CustomerBook, readonly now: () => number = Date.now) {
    this.book = structuredClone(book);
  }

  /** The vendor's number of a row, the same as long as the book is. 0: no such row. */
  numberOf(kind: Kind, id: string): number {
    const at = this.book[kind].findIndex((row) => row.id === id);
    return at < 0 ? 0 : FIRST_NUMBER[kind] + at;
  }

  /** The row with a vendor's number (a number or its digits, zeros in front allowed). */
  customer(number: unknown): BookCustomer | undefined {
    return this.book.customers[this.#at('customers', number)];
  }
  service(number: unknown): BookService | undefined {
    return this.book.services[this.#at('services', number)];
  }
  invoice(number: unknown): BookInvoice | undefined {
    return this.book.invoices[this.#at('invoices', number)];
  }
  plan(number: unknown): BookPlan | undefined {
    return this.book.plans[this.#at('plans', number)];
  }

  servicesOf(customer: BookCustomer): BookService[] {
    return this.book.services.filter(({ customerId }) => customerId === customer.id);
  }
  /** As the book has them: in no order. */
  invoicesOf(customer: BookCustomer): BookInvoice[] {
    return this.book.invoices.filter(({ customerId }) => customerId === customer.id);
  }
  planOf(service: BookService): BookPlan | undefined {
    return this.book.plans.find(({ id }) => id === service.planId);
  }

  /**
   * Registers a payment as often as it is called: a system that knows better is not what tests need. An invoice named in it is paid from
   * then on, an account's payment pays the oldest open invoices that it covers.
   */
  pay(payment: Omit<LedgerPayment, 'seq' | 'at'> & { paidOn: string }): LedgerPayment {
    const { paidOn, ...rest } = payment;
    const entry = { ...this.#stamp(), ...rest };
    this.ledger.payments.push(entry);
    const invoice = this.book.invoices.find(({ id }) => id === payment.invoice);
    if (invoice) invoice.paidOn ??= paidOn;
    else this.#payOldest(payment.customer, Number(payment.amount), paidOn);
    return entry;
  }

  /** Takes back the newest payment of an invoice that still stands. */
  reverse(invoice: BookInvoice): LedgerPayment | undefined {
    const entry = this.ledger.payments.findLast((one) => one.invoice === invoice.id && !one.reversed);
    if (!entry) return undefined;
    entry.reversed = true;
    delete invoice.paidOn;
    return entry;
  }

  /** Switches all services of a customer, or one of them. */
  switch(customer: BookCustomer, to: 'active' | 'suspended', service?: BookService): void {
    for (const one of service ? [service] : this.servicesOf(customer)) Object.assign(one, { status: to, online: to === 'active' });
    this.ledger.switches.push({ ...this.#stamp(), customer: customer.id, to });
  }

  openTicket(ticket: Pick<LedgerTicket, 'customer' | 'subject' | 'body'>): LedgerTicket {
    const entry = { ...this.#stamp(), id: 100 + this.ledger.tickets.length, ...ticket };
    this.ledger.tickets.push(entry);
    return entry;
  }

  ticket(number: unknown): LedgerTicket | undefined {
    return this.ledger.tickets.find(({ id }) => id === Number(number));
  }

  addProspect(fields: Record<string, string>): LedgerProspect {
    const entry = { ...this.#stamp(), id: 300 + this.ledger.prospects.length, fields };
    this.ledger.prospects.push(entry);
    return entry;
  }

  #stamp(): { seq: number; at: string } {
    return { seq: (this.#seq += 1), at: new Date(this.now()).toISOString() };
  }

  #at(kind: Kind, number: unknown): number {
    const digits = typeof number === 'number' || typeof number === 'string' ? String(number) : '';
    return /^\d+$/u.test(digits) ? Number(digits) - FIRST_NUMBER[kind] : -1;
  }

  #payOldest(customer: string, amount: number, paidOn: string): void {
    const open = this.book.invoices.filter((one) => one.customerId === customer && one.paidOn === undefined);
    let left = Math.round(amount * 100);
    for (const invoice of open.toSorted((one, other) => one.dueOn.localeCompare(other.dueOn))) {
      left -= Math.round(Number(invoice.amount) * 100);
      if (left < 0) return;
      invoice.paidOn = paidOn;
    }
  }
}
