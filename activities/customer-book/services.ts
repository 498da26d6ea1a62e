import type { EntityManager } from '@mikro-orm/postgresql';
import { Plan } from '../../libs/db/entities/plan.js';
import { Service } from '../../libs/db/entities/service.js';
import { lockSettings, takeNumbers } from './invoices.js';
import { BookRefusal } from './refusal.js';
import { lockCustomer } from './settling.js';

export interface ServiceFacts {
  number?: string | undefined;
  plan: string;
  address: string | null;
  installedOn: string | null;
  /** A month, instead of the plan's; null: the plan's. */
  price: string | null;
  ip: string | null;
  onuSerial: string | null;
  notes: string;
}

async function checkService(em: EntityManager, { number, plan }: Partial<Pick<ServiceFacts, 'number' | 'plan'>>, self?: string): Promise<void> {
  if (plan !== undefined && (await em.count(Plan, { id: plan })) === 0) throw new BookRefusal('plan-unknown');
  if (number !== undefined && (await em.count(Service, { number, ...(self === undefined ? {} : { id: { $ne: self } }) })) > 0) throw new BookRefusal('service-number-taken');
}

/** @throws BookRefusal `customer-unknown`, `customer-cancelled`, `plan-unknown`, `service-number-taken` */
export async function addService(em: EntityManager, company: string, customer: string, facts: ServiceFacts): Promise<Service> {
  await lockSettings(em, company);
  const { status } = await lockCustomer(em, company, customer);
  if (status === 'cancelled') throw new BookRefusal('customer-cancelled');
  await checkService(em, facts);
  const number = facts.number ?? (await nextNumber(em, company));
  const row = em.create(Service, { company, ...facts, number, customer, status: 'active' });
  await em.flush();
  return row;
}

async function nextNumber(em: EntityManager, company: string): Promise<string> {
  for (;;) {
    const number = String(await takeNumbers(em, company, 'last_service', 1));
    if ((await em.count(Service, { number })) === 0) return number;
  }
}

/** @throws BookRefusal `service-unknown`, `version-stale`, `plan-unknown`, `service-number-taken` */
export async function changeService(em: EntityManager, company: string, { id, version }: { id: string; version: number }, change: Partial<ServiceFacts>): Promise<{ before: object; after: object }> {
  if (change.number !== undefined) await lockSettings(em, company);
  const row = await lockedService(em, company, id, version);
  await checkService(em, change, id);
  const before = serviceFacts(row);
  Object.assign(row, change);
  await em.flush();
  return { before, after: serviceFacts(row) };
}

/**
 * Suspends, brings back or ends one service. What ended does not come back: the number of days it was away would be anybody's guess.
 * @throws BookRefusal `service-unknown`, `version-stale`, `service-cancelled`
 */
export async function moveService(em: EntityManager, company: string, { id, version }: { id: string; version: number }, to: Service['status']): Promise<{ before: object; after: object }> {
  const row = await lockedService(em, company, id, version);
  if (row.status === 'cancelled') throw new BookRefusal('service-cancelled');
  const before = serviceFacts(row);
  row.status = to;
  await em.flush();
  if (to === 'cancelled') {
    await em.execute(
      `update services s set cancelled_on = (clock_timestamp() at time zone c.time_zone)::date from companies c where c.id = s.company and s.company = ? and s.id = ?::uuid`,
      [company, id]);
  }
  return { before, after: serviceFacts(row) };
}

async function lockedService(em: EntityManager, company: string, id: string, version: number): Promise<Service> {
  await em.execute('select 1 from services where company = ? and id = ?::uuid for update', [company, id]);
  const row = await em.findOne(Service, { id });
  if (!row) throw new BookRefusal('service-unknown');
  if (row.version !== version) throw new BookRefusal('version-stale');
  return row;
}

/** For the audit log. */
export const serviceFacts = ({ number, customer, plan, address, status, installedOn, price, ip, onuSerial, notes }: Service): Record<string, unknown> => (
  { number, customer, plan, address, status, installedOn, price, ip, onuSerial, notes });
