import type { EntityManager } from '@mikro-orm/postgresql';
import type { InvoiceSummary } from '../../../libs/domain/customers.js';

interface NamedInvoice {
  customer: string;
  /** The ISP system's id, and the number printed on it. */
  invoice: string | null;
  number: string | null;
}

/** As the state of the invoice is shown. */
export type InReview = <S extends InvoiceSummary['state']>(customer: string, invoice: { id?: string; number: string; state: S }) => S | 'in-review';

/**
 * Shows as in review what is open and what a receipt names that waits for a person, the bank or the platform. Nothing of it is written anywhere, least
 * of all in the ISP's system; a receipt that names no invoice marks none.
 * @param customers the ISP system's ids
 */
export async function invoicesInReview(em: EntityManager, company: string, customers: readonly string[]): Promise<InReview> {
  const named = customers.length === 0 ? [] : await em.execute<NamedInvoice[]>(
    `select customer, invoice, invoice_number number from receipts
      where company = ? and customer = any(array(select jsonb_array_elements_text(?::jsonb))) and state in ('waiting', 'review') and (invoice is not null or invoice_number is not null)`,
    [company, JSON.stringify([...new Set(customers)])]);
  return (customer, { id, number, state }) =>
    state === 'open' && named.some((one) => one.customer === customer && ((id !== undefined && one.invoice === id) || one.number === number)) ? 'in-review' : state;
}
