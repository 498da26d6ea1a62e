import type { EntityManager } from '@mikro-orm/postgresql';
import type { BookEntry, EmbeddedBook, HeldService } from '../libs/crm/embedded.js';
import { forCompany } from '../libs/db/company.js';
import { Customer } from '../libs/db/entities/customer.js';
import { Invoice } from '../libs/db/entities/invoice.js';
import { Plan } from '../libs/db/entities/plan.js';
import { Service } from '../libs/db/entities/service.js';
import type { MikroORM } from '../libs/db/orm.js';
import { companyById } from '../libs/db/platform.js';
import { phoneKey } from '../libs/domain/phone.js';

/** An id that came from elsewhere must not reach PostgreSQL as a malformed uuid: it is simply nobody's. */
const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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

/**
 * The queries of the embedded customer book, one company at a time.
 * @returns opens a company's book; each of its queries is a transaction of `forCompany`
 */
export const customerBookQueries = (orm: MikroORM) => (company: string): EmbeddedBook => {
  const inBook = <T>(work: (em: EntityManager) => Promise<T>) => forCompany(orm, company, work);
  const byNumber = { orderBy: { number: 'asc' } } as const;
  return {
    byPhone: (phone) =>
      inBook(async (em) => withServices(em, await em.find(Customer, { phoneKeys: { $contains: [phoneKey(phone)] } }, byNumber))),

    byDocument: (document) =>
      inBook(async (em) => withServices(em, await em.find(Customer, { document: document.toUpperCase() }, byNumber))),

    byId: (id) =>
      inBook(async (em) => {
        if (!uuidShape.test(id)) return undefined;
        const [entry] = await withServices(em, await em.find(Customer, { id }));
        return entry;
      }),

    openInvoices: (customer) =>
      inBook(async (em) => {
        if (!uuidShape.test(customer)) return [];
        const open = await em.find(Invoice, { customer, paidOn: null }, { orderBy: { dueOn: 'asc', number: 'asc' } });
        return open.map(({ id, number, issuedOn, dueOn, amount, currency }) => (
          { id, customerId: customer, number, issuedOn, dueOn, amount, currency }
        ));
      }),

    plans: () =>
      inBook(async (em) => {
        const onSale = await em.find(Plan, { active: true }, { orderBy: { position: 'asc', name: 'asc' } });
        return onSale.map(({ id, name, downMbps, upMbps, price, currency, description }) => (
          { id, name, downMbps, upMbps, price, currency, description }
        ));
      }),

    currency: async () => (await companyById(orm, company))?.currency ?? 'ARS',
  };
};

export type CustomerBookQueries = ReturnType<typeof customerBookQueries>;
