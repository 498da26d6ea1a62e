import type { EntityManager } from '@mikro-orm/postgresql';
import { cents } from '../../libs/domain/money.js';
import { isUuid } from './rows.js';
import { BookRefusal } from './refusal.js';
import { lockCustomer, settle, uncover } from './settling.js';

export interface NewPayment {
  customer: string;
  /** Covered first; what is over covers the customer's others. */
  invoice?: string | undefined;
  /** Decimal string above zero. */
  amount: string;
  currency: string;
  method: string;
  reference: string;
  /** ISO instant. */
  paidAt: string;
  /** Who enters it; absent: the bot. */
  by?: string | undefined;
}

interface Known {
  id: string;
  customer: string;
  amount: string;
  reversed_at: string | null;
}

/**
 * Writes a payment down, once for each reference.
 * @returns `already` where the same payment is there under this reference
 * @throws BookRefusal `reference-taken` for another payment, `payment-reversed`, `customer-unknown`, `invoice-unknown`, `invoice-cancelled`, `currency-other`
 */
export async function pay(em: EntityManager, company: string, payment: NewPayment): Promise<{ done: 'now' | 'already'; id: string }> {
  await lockCustomer(em, company, payment.customer);
  const [known] = await em.execute<Known[]>('select id, customer, amount, reversed_at from payments where company = ? and reference = ?', [company, payment.reference]);
  if (known) {
    if (known.customer !== payment.customer || cents(known.amount) !== cents(payment.amount)) throw new BookRefusal('reference-taken');
    if (known.reversed_at !== null) throw new BookRefusal('payment-reversed');
    return { done: 'already', id: known.id };
  }
  await checkCurrency(em, company, payment);
  // Another customer's payment under this reference may come at the same moment: the index says so, as its writer holds another lock.
  const [made] = await em.execute<{ id: string }[]>(
    `insert into payments (company, customer, invoice, amount, currency, method, reference, paid_at, made_by_name)
      values (?, ?::uuid, ?::uuid, ?::numeric, ?, ?, ?, ?::timestamptz, ?) on conflict (company, reference) do nothing returning id`,
    [company, payment.customer, payment.invoice ?? null, payment.amount, payment.currency, payment.method, payment.reference, payment.paidAt, payment.by ?? null]);
  if (!made) throw new BookRefusal('reference-taken');
  await settle(em, company, payment.customer);
  return { done: 'now', id: made.id };
}

async function checkCurrency(em: EntityManager, company: string, { customer, invoice, currency }: NewPayment): Promise<void> {
  const [own] = await em.execute<{ currency: string }[]>('select currency from companies where id = ?', [company]);
  if (invoice === undefined) {
    if (own?.currency !== currency) throw new BookRefusal('currency-other');
    return;
  }
  const [found] = isUuid(invoice)
    ? await em.execute<{ currency: string; state: string }[]>('select currency, state from invoices where company = ? and id = ?::uuid and customer = ?::uuid', [company, invoice, customer])
    : [];
  if (!found) throw new BookRefusal('invoice-unknown');
  if (found.state === 'cancelled') throw new BookRefusal('invoice-cancelled');
  if (found.currency !== currency) throw new BookRefusal('currency-other');
}

/** How a payment is named: by its id or by its reference. */
export type PaymentName = { id: string } | { reference: string };

export interface Reversal {
  why: string;
  /** Who; absent: the bot. */
  by?: string | undefined;
}

/**
 * Takes a payment back: what it covered is open again, and other money of the customer may cover it.
 * @returns `already` where it was taken back before
 * @throws BookRefusal `payment-unknown`
 */
export async function reverse(em: EntityManager, company: string, name: PaymentName, { why, by }: Reversal): Promise<{ done: 'now' | 'already'; id: string; customer: string }> {
  const [column, value] = 'id' in name ? ['id = ?::uuid', name.id] : ['reference = ?', name.reference];
  const find = () => em.execute<{ id: string; customer: string; reversed_at: string | null }[]>(
    `select id, customer, reversed_at from payments where company = ? and ${column}`, [company, value]);
  const [seen] = await find();
  if (!seen) throw new BookRefusal('payment-unknown');
  await lockCustomer(em, company, seen.customer);
  const payment = (await find())[0]!;
  if (payment.reversed_at !== null) return { done: 'already', id: payment.id, customer: payment.customer };
  await em.execute(
    'update payments set reversed_at = clock_timestamp(), reversed_why = ?, reversed_by_name = ? where company = ? and id = ?::uuid', [why, by ?? null, company, payment.id]);
  await uncover(em, company, payment.id);
  await settle(em, company, payment.customer);
  return { done: 'now', id: payment.id, customer: payment.customer };
}
