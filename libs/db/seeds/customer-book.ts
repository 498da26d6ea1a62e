import type { EntityManager } from '@mikro-orm/postgresql';
import { Customer } from '../entities/customer.js';
import { Invoice } from '../entities/invoice.js';
import { Plan } from '../entities/plan.js';
import { Service } from '../entities/service.js';
import type { CustomerBook } from '../../domain/customer-book.js';
import { phoneKey } from '../../domain/phone.js';

/** Customers are numbered from here, in the order of the book. */
const FIRST_CUSTOMER_NUMBER = 1001;

function addPlans(em: EntityManager, company: string, book: CustomerBook): void {
  for (const [position, plan] of book.plans.entries()) em.create(Plan, { company, position, ...plan });
}

function addCustomers(em: EntityManager, company: string, book: CustomerBook): void {
  for (const [position, customer] of book.customers.entries()) {
    em.create(Customer, {
      company,
      ...customer,
      number: String(FIRST_CUSTOMER_NUMBER + position),
      phoneKeys: customer.phones.map(phoneKey),
    });
  }
}

function addServices(em: EntityManager, company: string, book: CustomerBook): void {
  for (const { id, customerId, planId, serviceNumber, address, status, online, signalDbm, since } of book.services) {
    em.create(Service, {
      company,
      id,
      customer: customerId,
      plan: planId,
      number: serviceNumber,
      address,
      status,
      online,
      signalDbm: signalDbm === undefined ? null : String(signalDbm),
      onlineSince: new Date(since),
    });
  }
}

const paidAs = (amount: string, paidOn: string | undefined) =>
  (paidOn === undefined ? { state: 'open' as const, paid: '0', paidOn: null } : { state: 'paid' as const, paid: amount, paidOn });

function addInvoices(em: EntityManager, company: string, book: CustomerBook): void {
  for (const { customerId, serviceId, paidOn, ...invoice } of book.invoices) {
    em.create(Invoice, { company, ...invoice, customer: customerId, service: serviceId ?? null, ...paidAs(invoice.amount, paidOn) });
  }
}

/**
 * Writes a customer book where there is none; a book that has customers is somebody's work and stays as it is.
 * @param em of `forCompany(company)`
 * @returns whether it was written
 */
export async function seedBook(em: EntityManager, company: string, book: CustomerBook): Promise<boolean> {
  if ((await em.count(Customer, {})) > 0) return false;
  // Keys refer to each other only by id, so the order is ours to keep.
  for (const add of [addPlans, addCustomers, addServices, addInvoices]) {
    add(em, company, book);
    await em.flush();
  }
  return true;
}
