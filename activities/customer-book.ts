import type { EntityManager } from '@mikro-orm/postgresql';
import type { BookEntry, EmbeddedBook, HeldService } from '../libs/crm/embedded.js';
import { forCompany } from '../libs/db/company.js';
import { Customer } from '../libs/db/entities/customer.js';
import { Invoice } from '../libs/db/entities/invoice.js';
import { Plan } from '../libs/db/entities/plan.js';
import { Service } from '../libs/db/entities/service.js';
import type { MikroORM } from '../libs/db/orm.js';
import { companyById } from '../libs/db/platform.js';
import { fromCents, cents } from '../libs/domain/money.js';
import { phoneKey } from '../libs/domain/phone.js';
import { invoiceDocument, type OpenFile } from './customer-book/invoice-document.js';
import { carryOut, refused } from './customer-book/orders.js';
import { isUuid } from './customer-book/rows.js';
import { invoicesOf, profileOf } from './customer-book/views.js';

const servedAs = (service: Service, plan: Plan | undefined): HeldService[] =>
  service.status === 'cancelled' || !plan
    ? []
    : [{
        id: service.id,
        customerId: service.customer,
        planId: service.plan,
        serviceNumber: service.number,
        address: service.address ?? '',
        status: service.status,
        online: service.online ?? false,
        ...(service.signalDbm == null ? {} : { signalDbm: Number(service.signalDbm) }),
        ...(service.onlineSince ? { since: service.onlineSince.toISOString() } : {}),
        plan: { name: plan.name, currency: plan.currency },
      }];

/** Customers with their services, in two more queries however many there are. */
async function withServices(em: EntityManager, customers: readonly Customer[]): Promise<BookEntry[]> {
  if (customers.length === 0) return [];
  const services = await em.find(Service, { customer: { $in: customers.map(({ id }) => id) } }, { orderBy: { number: 'asc' } });
  const plans = await em.find(Plan, { id: { $in: services.map((service) => service.plan) } });
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  return customers.map((customer) => ({
    customer: {
      id: customer.id,
      number: customer.number,
      document: customer.document ?? '',
      name: customer.name,
      phones: customer.phones,
      address: customer.address ?? '',
      postalCode: customer.postalCode ?? '',
    },
    services: services
      .filter((service) => service.customer === customer.id)
      .flatMap((service) => servedAs(service, planOf.get(service.plan))),
  }));
}

/** What payments that stand have not covered anything with. */
const CREDIT = `select coalesce(sum(p.amount - coalesce(a.covered, 0)), 0)::numeric(14, 2)::text as rest
  from payments p join companies c on c.id = p.company and c.currency = p.currency
    left join lateral (select sum(amount) as covered from payment_parts a where a.company = p.company and a.payment = p.id) a on true
  where p.company = ? and p.customer = ?::uuid and p.reversed_at is null`;

/** Runs work in a transaction of one company. */
type InBook = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

function people(inBook: InBook): Pick<EmbeddedBook, 'byPhone' | 'byDocument' | 'byId'> {
  const byNumber = { orderBy: { number: 'asc' } } as const;
  return {
    byPhone: (phone) =>
      inBook(async (em) => withServices(em, await em.find(Customer, { phoneKeys: { $contains: [phoneKey(phone)] } }, byNumber))),

    byDocument: (document) =>
      inBook(async (em) => withServices(em, await em.find(Customer, { document: document.toUpperCase() }, byNumber))),

    byId: (id) =>
      inBook(async (em) => {
        if (!isUuid(id)) return undefined;
        const [entry] = await withServices(em, await em.find(Customer, { id }));
        return entry;
      }),
  };
}

function account(inBook: InBook, company: string): Pick<EmbeddedBook, 'openInvoices' | 'credit' | 'plans'> {
  return {
    openInvoices: (customer) =>
      inBook(async (em) => {
        if (!isUuid(customer)) return [];
        const open = await em.find(Invoice, { customer, state: { $in: ['open', 'in-review'] } }, { orderBy: { dueOn: 'asc', number: 'asc' } });
        return open.map(({ id, number, issuedOn, dueOn, amount, paid, currency }) => (
          { id, customerId: customer, number, issuedOn, dueOn, amount: fromCents(cents(amount) - cents(paid)), currency }
        ));
      }),

    credit: (customer) =>
      inBook(async (em) => {
        const [row] = await em.execute<{ rest: string }[]>(CREDIT, [company, isUuid(customer) ? customer : null]);
        return row!.rest;
      }),

    plans: () =>
      inBook(async (em) => {
        const onSale = await em.find(Plan, { active: true }, { orderBy: { position: 'asc', name: 'asc' } });
        return onSale.map(({ id, name, downMbps, upMbps, price, currency, description }) => (
          { id, name, downMbps, upMbps, price, currency, description }
        ));
      }),
  };
}

/**
 * The queries of the embedded customer book, one company at a time.
 * @param openFile for the logo on documents; without it they go without
 * @returns opens a company's book; each of its queries and orders is a transaction of `forCompany`
 */
export const customerBookQueries = (orm: MikroORM, openFile?: OpenFile) => (company: string): EmbeddedBook => {
  const inBook: InBook = (work) => forCompany(orm, company, work);
  return {
    ...people(inBook),
    ...account(inBook, company),
    profile: (id) => inBook((em) => profileOf(em, id)),
    invoices: (customer, limit) => inBook((em) => invoicesOf(em, customer, limit)),
    document: (customer, invoice) => inBook((em) => invoiceDocument(em, company, { invoice, customer }, openFile)),
    act: (order) => inBook((em) => carryOut(em, company, order)).catch(refused),

    currency: async () => (await companyById(orm, company))?.currency ?? 'ARS',
  };
};

export type CustomerBookQueries = ReturnType<typeof customerBookQueries>;
