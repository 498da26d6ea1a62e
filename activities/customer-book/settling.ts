import type { EntityManager } from '@mikro-orm/postgresql';
import { cover, type Credit, type Owed } from '../../libs/domain/invoicing/allocation.js';
import { BookRefusal } from './refusal.js';

/** Locks a customer until the end: what is paid, reversed and invoiced of one customer happens one after another. @throws BookRefusal */
export async function lockCustomer(em: EntityManager, company: string, customer: string): Promise<{ id: string; status: 'active' | 'cancelled'; name: string }> {
  const [row] = await em.execute<{ id: string; status: 'active' | 'cancelled'; name: string }[]>(
    'select id, status, name from customers where company = ? and id = ?::uuid for update', [company, customer]);
  if (!row) throw new BookRefusal('customer-unknown');
  return row;
}

const CREDITS = `select p.id as payment, p.invoice, (p.amount - coalesce(sum(a.amount), 0))::text as rest, p.currency
  from payments p left join payment_parts a on a.company = p.company and a.payment = p.id
  where p.company = ? and p.customer = ?::uuid and p.reversed_at is null
  group by p.company, p.id having p.amount > coalesce(sum(a.amount), 0) order by p.paid_at, p.id`;

/** Locked: one that is cancelled at this moment is waited for, and covered by nothing. */
const OWED = `select id as invoice, (amount - paid)::text as rest, currency from invoices
  where company = ? and customer = ?::uuid and state in ('open', 'in-review') and amount > paid order by due_on, number for update`;

/** An invoice that is covered whole is paid on the day, as the company's clocks say, of the last payment that it took. */
const COVER = `with part as (
    insert into payment_parts (company, payment, invoice, amount) values (?, ?::uuid, ?::uuid, ?::numeric)
    on conflict (company, payment, invoice) do update set amount = payment_parts.amount + excluded.amount returning company, invoice, payment)
  update invoices i set paid = i.paid + ?::numeric, state = case when i.paid + ?::numeric = i.amount then 'paid' else i.state end,
      paid_on = case when i.paid + ?::numeric = i.amount then greatest((select (max(p.paid_at) at time zone c.time_zone)::date from payments p, companies c
        where c.id = i.company and p.company = i.company and (p.id = part.payment or p.id in (
          select a.payment from payment_parts a where a.company = i.company and a.invoice = i.id))
        group by c.time_zone)) end
    from part where i.company = part.company and i.id = part.invoice`;

/**
 * Covers what a customer owes with what they have paid and not spent. The customer is locked (`lockCustomer`).
 * Decided by libs/domain/invoicing/allocation.ts.
 */
export async function settle(em: EntityManager, company: string, customer: string): Promise<void> {
  const credits = await em.execute<{ payment: string; invoice: string | null; rest: string; currency: string }[]>(CREDITS, [company, customer]);
  if (credits.length === 0) return;
  const owed = await em.execute<(Owed & { currency: string })[]>(OWED, [company, customer]);
  for (const currency of new Set(credits.map((credit) => credit.currency))) {
    const of: Credit[] = credits.filter((credit) => credit.currency === currency)
      .map(({ payment, invoice, rest }) => ({ payment, rest, ...(invoice === null ? {} : { invoice }) }));
    for (const { payment, invoice, amount } of cover(of, owed.filter((one) => one.currency === currency))) {
      await em.execute(COVER, [company, payment, invoice, amount, amount, amount, amount]);
    }
  }
}

/** Gives back what a payment covers: those invoices are open again. */
export async function uncover(em: EntityManager, company: string, payment: string): Promise<void> {
  await em.execute(
    `with gone as (delete from payment_parts where company = ? and payment = ?::uuid returning company, invoice, amount)
    update invoices i set paid = i.paid - gone.amount, state = case when i.state = 'paid' then 'open' else i.state end, paid_on = null
      from gone where i.company = gone.company and i.id = gone.invoice`, [company, payment]);
}
