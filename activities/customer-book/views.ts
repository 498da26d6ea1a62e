import type { EntityManager } from '@mikro-orm/postgresql';
import { Customer } from '../../libs/db/entities/customer.js';
import { Invoice } from '../../libs/db/entities/invoice.js';
import { Plan } from '../../libs/db/entities/plan.js';
import { Service } from '../../libs/db/entities/service.js';
import { maskedDocument, type CustomerProfile, type InvoiceSummary, type ServiceProfile } from '../../libs/domain/customers.js';
import { cents, fromCents } from '../../libs/domain/money.js';
import { isUuid, present } from './rows.js';

function serviceOf(service: Service, plan: Plan | undefined): ServiceProfile {
  const { id, number, address, status, installedOn, ip, onuSerial } = service;
  return {
    id, number, plan: plan?.name ?? '', address: address ?? '', status,
    ...(plan ? { price: { amount: service.price ?? plan.price, currency: plan.currency } } : {}),
    ...present({ installedOn, ip, onuSerial }),
  };
}

function statusOf({ status }: Customer, services: readonly Service[]): CustomerProfile['status'] {
  if (status === 'cancelled') return 'cancelled';
  return services.some((service) => service.status === 'suspended') ? 'suspended' : 'active';
}

/** Everything that an agent may see of a customer; undefined for an id that is nobody's. */
export async function profileOf(em: EntityManager, id: string): Promise<CustomerProfile | undefined> {
  const customer = isUuid(id) ? await em.findOne(Customer, { id }) : null;
  if (!customer) return undefined;
  const services = await em.find(Service, { customer: id }, { orderBy: { number: 'asc' } });
  const plans = await em.find(Plan, { id: { $in: services.map(({ plan }) => plan) } });
  const { number, name, document, phones, email, address } = customer;
  return {
    id, number, name, phones, status: statusOf(customer, services),
    ...(document ? { document: maskedDocument(document) } : {}),
    ...present({ email, address }),
    services: services.map((service) => serviceOf(service, plans.find((plan) => plan.id === service.plan))),
  };
}

/** Newest first, paid ones among them; undefined for a customer who does not exist. */
export async function invoicesOf(em: EntityManager, customer: string, limit: number): Promise<InvoiceSummary[] | undefined> {
  if (!isUuid(customer) || (await em.count(Customer, { id: customer })) === 0) return undefined;
  const rows = await em.find(Invoice, { customer }, { orderBy: { issuedOn: 'desc', dueOn: 'desc', number: 'desc' }, limit });
  return rows.map(({ id, number, issuedOn, dueOn, amount, paid, currency, state, paidOn }) => ({
    id, number, issuedOn, dueOn, amount: { amount, currency }, state, ...(paidOn === null || paidOn === undefined ? {} : { paidOn }),
    ...(state === 'paid' || cents(paid) === 0n ? {} : { rest: { amount: fromCents(cents(amount) - cents(paid)), currency } }),
  }));
}
