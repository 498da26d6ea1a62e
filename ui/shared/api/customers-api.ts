import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { bookinvoicesCancel } from './generated/fn/book-invoices/bookinvoices-cancel';
import { bookinvoicesCreate } from './generated/fn/book-invoices/bookinvoices-create';
import { bookinvoicesDocument } from './generated/fn/book-invoices/bookinvoices-document';
import { type BookinvoicesList$Params, bookinvoicesList } from './generated/fn/book-invoices/bookinvoices-list';
import { bookpaymentsCreate } from './generated/fn/book-payments/bookpayments-create';
import { type BookpaymentsList$Params, bookpaymentsList } from './generated/fn/book-payments/bookpayments-list';
import { bookpaymentsReverse } from './generated/fn/book-payments/bookpayments-reverse';
import { bookplansChange } from './generated/fn/book-plans/bookplans-change';
import { bookplansCreate } from './generated/fn/book-plans/bookplans-create';
import { bookplansList } from './generated/fn/book-plans/bookplans-list';
import { bookservicesCancel } from './generated/fn/book-services/bookservices-cancel';
import { bookservicesChange } from './generated/fn/book-services/bookservices-change';
import { bookservicesCreate } from './generated/fn/book-services/bookservices-create';
import { bookservicesReactivate } from './generated/fn/book-services/bookservices-reactivate';
import { bookservicesSuspend } from './generated/fn/book-services/bookservices-suspend';
import { customersActivity } from './generated/fn/customers/customers-activity';
import { customersCancel } from './generated/fn/customers/customers-cancel';
import { customersChange } from './generated/fn/customers/customers-change';
import { customersCreate } from './generated/fn/customers/customers-create';
import { type CustomersList$Params, customersList } from './generated/fn/customers/customers-list';
import { customersRead } from './generated/fn/customers/customers-read';
import { customersRestore } from './generated/fn/customers/customers-restore';
import type * as api from './generated/models';
import { Http } from './http';

export type BookCustomer = Frozen<api.BookCustomer>;
export type ListedCustomer = Frozen<api.ListedCustomer>;
export type BookService = Frozen<api.BookService>;
export type BookPlan = Frozen<api.BookPlan>;
export type BookInvoice = Frozen<api.BookInvoice>;
export type BookPayment = Frozen<api.BookPayment>;
export type NewCustomer = Frozen<api.NewCustomer>;
export type NewPayment = Frozen<api.NewBookPayment>;
export type ServiceMove = 'suspend' | 'reactivate' | 'cancel';

const moves = { suspend: bookservicesSuspend, reactivate: bookservicesReactivate, cancel: bookservicesCancel };

/** The embedded customer book. What carries a version is refused with `conflict` where somebody else was faster. */
@Injectable({ providedIn: 'root' })
export class CustomersApi {
  readonly #http = inject(Http);

  customers(query: Frozen<CustomersList$Params>): Promise<Frozen<api.CustomerPage>> {
    return this.#http.call(customersList, { ...query, q: query.q || undefined });
  }

  customer(id: string): Promise<BookCustomer> {
    return this.#http.call(customersRead, { id });
  }

  activity(id: string): Promise<readonly Frozen<api.CustomerActivity>[]> {
    return this.#http.call(customersActivity, { id });
  }

  createCustomer(body: NewCustomer): Promise<BookCustomer> {
    return this.#http.call(customersCreate, { body });
  }

  changeCustomer(id: string, body: Frozen<api.CustomerChange>): Promise<BookCustomer> {
    return this.#http.call(customersChange, { id, body });
  }

  /** They leave, or are back. */
  setCancelled({ id, version }: BookCustomer, cancelled: boolean): Promise<BookCustomer> {
    return this.#http.call(cancelled ? customersCancel : customersRestore, { id, body: { version } });
  }

  createService(body: Frozen<api.NewBookService>): Promise<BookService> {
    return this.#http.call(bookservicesCreate, { body });
  }

  changeService(id: string, body: Frozen<api.BookServiceChange>): Promise<BookService> {
    return this.#http.call(bookservicesChange, { id, body });
  }

  moveService({ id, version }: BookService, move: ServiceMove): Promise<BookService> {
    return this.#http.call(moves[move], { id, body: { version } });
  }

  plans(): Promise<readonly BookPlan[]> {
    return this.#http.call(bookplansList, {});
  }

  createPlan(body: Frozen<api.NewBookPlan>): Promise<BookPlan> {
    return this.#http.call(bookplansCreate, { body });
  }

  changePlan(id: string, body: Frozen<api.BookPlanChange>): Promise<BookPlan> {
    return this.#http.call(bookplansChange, { id, body });
  }

  invoices(query: Frozen<BookinvoicesList$Params>): Promise<Frozen<api.BookInvoicePage>> {
    return this.#http.call(bookinvoicesList, { ...query, q: query.q || undefined });
  }

  createInvoice(body: Frozen<api.NewBookInvoice>): Promise<BookInvoice> {
    return this.#http.call(bookinvoicesCreate, { body });
  }

  cancelInvoice(id: string, why: string): Promise<BookInvoice> {
    return this.#http.call(bookinvoicesCancel, { id, body: { why } });
  }

  /** Its PDF. */
  invoiceDocument(id: string): Promise<Blob> {
    return this.#http.call(bookinvoicesDocument, { id });
  }

  payments(query: Frozen<BookpaymentsList$Params>): Promise<Frozen<api.BookPaymentPage>> {
    return this.#http.call(bookpaymentsList, query);
  }

  /** Once for each reference. */
  pay(body: NewPayment): Promise<BookPayment> {
    return this.#http.call(bookpaymentsCreate, { body });
  }

  reversePayment(id: string, why: string): Promise<BookPayment> {
    return this.#http.call(bookpaymentsReverse, { id, body: { why } });
  }
}
