import type { EntityManager } from '@mikro-orm/postgresql';
import type { CustomerPanel } from './conversation.schema.js';

export type ShownLink = NonNullable<CustomerPanel['customers'][number]['invoices'][number]['link']>;

interface Row {
  customer: string;
  invoice: string;
  state: ShownLink['state'];
  amount: string;
  currency: string;
  expiresAt: string;
}

/** One that was never made at the platform is none. */
const NEWEST = `select distinct on (customer, invoice) customer, invoice, amount::text, currency, expires_at as "expiresAt",
    case when state = 'paid' then 'paid' when state = 'open' and expires_at > clock_timestamp() then 'pending' else 'expired' end as state
  from payment_links where company = ? and state in ('open', 'paid', 'expired') and invoice <> '' and customer in (select jsonb_array_elements_text(?::jsonb))
  order by customer, invoice, made_at desc`;

/** @returns by customer and invoice, each as the ISP's system names it, the newest link of it */
export async function newestLinks(em: EntityManager, company: string, customers: readonly string[]): Promise<(customer: string, invoice: string) => ShownLink | undefined> {
  const rows = customers.length === 0 ? [] : await em.execute<Row[]>(NEWEST, [company, JSON.stringify(customers)]);
  return (customer, invoice) => {
    const row = rows.find((one) => one.customer === customer && one.invoice === invoice);
    return row && { state: row.state, amount: { amount: row.amount, currency: row.currency }, expiresAt: new Date(row.expiresAt).toISOString() };
  };
}

/** Whether customers can be given links: a platform is set up, and shown to them. */
export async function offersLinks(em: EntityManager, company: string): Promise<boolean> {
  const rows = await em.execute<object[]>(
    `select 1 from payment_platforms p join payment_methods m on m.company = p.company and m.kind = p.platform and m.removed_at is null and m.visible where p.company = ?`, [company]);
  return rows.length > 0;
}
