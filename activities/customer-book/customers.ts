import type { EntityManager } from '@mikro-orm/postgresql';
import { Customer } from '../../libs/db/entities/customer.js';
import { phoneKey } from '../../libs/domain/phone.js';
import { lockSettings, takeNumbers } from './invoices.js';
import { BookRefusal } from './refusal.js';

/** What is written of a customer. `phones`: E.164 digits. */
export interface CustomerFacts {
  number?: string | undefined;
  name: string;
  document: string | null;
  phones: string[];
  address: string | null;
  postalCode: string | null;
  email: string | null;
  taxCondition: string | null;
  notes: string;
  latitude: string | null;
  longitude: string | null;
}

/** A document as the book keeps it: capital letters and digits. */
export const bareDocument = (document: string): string => document.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Whoever gives a number or a document waits at the settings for who gave the last. Settings are locked before rows, everywhere: nobody waits in a circle. */
async function checkFree(em: EntityManager, { number, document }: Pick<CustomerFacts, 'number'> & { document?: string | null }, self?: string): Promise<void> {
  const other = self === undefined ? {} : { id: { $ne: self } };
  if (number !== undefined && (await em.count(Customer, { number, ...other })) > 0) throw new BookRefusal('customer-number-taken');
  if (!document) return;
  const same = await em.findOne(Customer, { document, ...other });
  if (same) throw new BookRefusal('document-taken', `${same.name} (n.º ${same.number})`);
}

/** @throws BookRefusal `customer-number-taken`, `document-taken` */
export async function addCustomer(em: EntityManager, company: string, facts: CustomerFacts): Promise<Customer> {
  await lockSettings(em, company);
  await checkFree(em, facts);
  const number = facts.number ?? (await nextNumber(em, company));
  const row = em.create(Customer, { company, ...facts, number, phoneKeys: facts.phones.map(phoneKey) });
  await em.flush();
  return row;
}

/** The next that nobody has: a company may have given some by hand. */
async function nextNumber(em: EntityManager, company: string): Promise<string> {
  for (;;) {
    const number = String(await takeNumbers(em, company, 'last_customer', 1));
    if ((await em.count(Customer, { number })) === 0) return number;
  }
}

/**
 * @param version that whoever changes it has seen
 * @returns the row before and after
 * @throws BookRefusal `customer-unknown`, `version-stale`, `customer-number-taken`, `document-taken`
 */
export async function changeCustomer(em: EntityManager, company: string, { id, version }: { id: string; version: number }, change: Partial<CustomerFacts>): Promise<{ before: object; after: object }> {
  if (change.number !== undefined || change.document !== undefined) await lockSettings(em, company);
  const row = await lockedCustomer(em, company, id, version);
  await checkFree(em, change, id);
  const before = factsOf(row);
  Object.assign(row, change, change.phones ? { phoneKeys: change.phones.map(phoneKey) } : {});
  await em.flush();
  return { before, after: factsOf(row) };
}

/**
 * A customer who leaves: their services end with them. What they owe stays owed.
 * @throws BookRefusal `customer-unknown`, `version-stale`, `customer-cancelled`
 */
export async function cancelCustomer(em: EntityManager, company: string, { id, version }: { id: string; version: number }): Promise<void> {
  const row = await lockedCustomer(em, company, id, version);
  if (row.status === 'cancelled') throw new BookRefusal('customer-cancelled');
  row.status = 'cancelled';
  await em.flush();
  await em.execute(
    `update services s set status = 'cancelled', cancelled_on = (clock_timestamp() at time zone c.time_zone)::date from companies c
      where c.id = s.company and s.company = ? and s.customer = ?::uuid and s.status <> 'cancelled'`, [company, id]);
}

/** Somebody who comes back; their services are to be added anew. @throws BookRefusal `customer-unknown`, `version-stale` */
export async function restoreCustomer(em: EntityManager, company: string, { id, version }: { id: string; version: number }): Promise<void> {
  const row = await lockedCustomer(em, company, id, version);
  row.status = 'active';
  await em.flush();
}

async function lockedCustomer(em: EntityManager, company: string, id: string, version: number): Promise<Customer> {
  await em.execute('select 1 from customers where company = ? and id = ?::uuid for update', [company, id]);
  const row = await em.findOne(Customer, { id });
  if (!row) throw new BookRefusal('customer-unknown');
  if (row.version !== version) throw new BookRefusal('version-stale');
  return row;
}

/** For the audit log. */
export const factsOf = ({ number, name, document, phones, address, postalCode, email, taxCondition, notes, latitude, longitude, status }: Customer): Record<string, unknown> => (
  { number, name, document, phones: [...phones], address, postalCode, email, taxCondition, notes, latitude, longitude, status });
