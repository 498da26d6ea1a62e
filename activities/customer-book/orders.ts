import type { EntityManager } from '@mikro-orm/postgresql';
import type { CustomerOrder, OrderResult } from '../../libs/domain/customers.js';
import { pay, reverse } from './payments.js';
import { BookRefusal } from './refusal.js';
import { isUuid } from './rows.js';

const NOT_FOUND: OrderResult = { ok: false, reason: 'not-found' };
const unknown: ReadonlySet<string> = new Set(['customer-unknown', 'invoice-unknown', 'payment-unknown', 'service-unknown']);
const words: Partial<Record<BookRefusal['code'], string>> = {
  'reference-taken': 'Esa referencia ya es de otro pago.',
  'payment-reversed': 'Ese pago se había anulado.',
  'invoice-cancelled': 'Esa factura está anulada.',
  'currency-other': 'El pago es en otra moneda.',
};

type Order<K extends CustomerOrder['kind']> = Extract<CustomerOrder, { kind: K }>;

/** Turns what the book refuses into what the port says. */
export function refused(error: unknown): OrderResult {
  if (!(error instanceof BookRefusal)) throw error;
  return unknown.has(error.code) ? NOT_FOUND : { ok: false, reason: 'rejected', why: words[error.code] ?? error.code };
}

/** Services of one customer from one state to the other. @param service one of them; absent: all */
export async function moveServices(em: EntityManager, company: string, { customer, service }: { customer: string; service?: string | undefined }, to: 'active' | 'suspended'): Promise<OrderResult> {
  if (!isUuid(customer) || (service !== undefined && !isUuid(service))) return NOT_FOUND;
  const rows = await em.execute<{ id: string; status: string }[]>(
    `select id, status from services where company = ? and customer = ?::uuid and status <> 'cancelled' and (?::uuid is null or id = ?::uuid) order by id for update`,
    [company, customer, service ?? null, service ?? null]);
  if (rows.length === 0) return NOT_FOUND;
  const moved = rows.filter(({ status }) => status !== to);
  for (const { id } of moved) await em.execute('update services set status = ? where company = ? and id = ?::uuid', [to, company, id]);
  return { ok: true, done: moved.length > 0 ? 'now' : 'already' };
}

async function payOrder(em: EntityManager, company: string, order: Order<'pay'>): Promise<OrderResult> {
  const { customer, invoice, amount, method, reference, paidAt, reactivate } = order;
  if (!isUuid(customer)) return NOT_FOUND;
  const { done, id } = await pay(em, company, { customer, invoice, amount: amount.amount, currency: amount.currency, method, reference, paidAt });
  if (reactivate) await moveServices(em, company, { customer }, 'active');
  return { ok: true, done, id };
}

async function requested(em: EntityManager, company: string, row: Record<string, string | undefined>): Promise<OrderResult> {
  const names = Object.keys(row).filter((name) => row[name] !== undefined);
  const values = names.map((name) => row[name]!);
  const [made] = await em.execute<{ id: string }[]>(
    `insert into book_requests (company, ${names.join(', ')}) values (?${', ?'.repeat(names.length)}) on conflict (company, reference) do nothing returning id`, [company, ...values]);
  if (made) return { ok: true, done: 'now', id: made.id };
  const [known] = await em.execute<{ id: string }[]>('select id from book_requests where company = ? and reference = ?', [company, row['reference']!]);
  return { ok: true, done: 'already', id: known!.id };
}

async function openTicket(em: EntityManager, company: string, { customer, service, subject, body, reference }: Order<'open-ticket'>): Promise<OrderResult> {
  if (!isUuid(customer) || (service !== undefined && !isUuid(service))) return NOT_FOUND;
  const [found] = await em.execute<{ id: string }[]>(
    `select c.id from customers c where c.company = ? and c.id = ?::uuid
      and (?::uuid is null or exists (select from services s where s.company = c.company and s.customer = c.id and s.id = ?::uuid))`,
    [company, customer, service ?? null, service ?? null]);
  return found ? requested(em, company, { kind: 'ticket', customer, service, subject, body, reference }) : NOT_FOUND;
}

async function closeTicket(em: EntityManager, company: string, { ticket, reason }: Order<'close-ticket'>): Promise<OrderResult> {
  const [row] = isUuid(ticket)
    ? await em.execute<{ state: string }[]>(`select state from book_requests where company = ? and id = ?::uuid and kind = 'ticket' for update`, [company, ticket])
    : [];
  if (!row) return NOT_FOUND;
  if (row.state === 'closed') return { ok: true, done: 'already', id: ticket };
  await em.execute(`update book_requests set state = 'closed', closed_at = clock_timestamp(), closed_why = ? where company = ? and id = ?::uuid`, [reason, company, ticket]);
  return { ok: true, done: 'now', id: ticket };
}

/** Does what a conversation or an agent orders, in the caller's transaction. @throws BookRefusal as `pay` and `reverse` do */
export async function carryOut(em: EntityManager, company: string, order: CustomerOrder): Promise<OrderResult> {
  switch (order.kind) {
    case 'pay':
      return payOrder(em, company, order);
    case 'reverse-payment': {
      const { done, id, customer } = await reverse(em, company, { reference: order.reference }, { why: order.reason });
      if (customer !== order.customer) throw new BookRefusal('payment-unknown');
      return { ok: true, done, id };
    }
    case 'reactivate':
      return moveServices(em, company, order, 'active');
    case 'suspend':
      return moveServices(em, company, order, 'suspended');
    case 'open-ticket':
      return openTicket(em, company, order);
    case 'close-ticket':
      return closeTicket(em, company, order);
    case 'prospect':
      return requested(em, company, {
        kind: 'prospect', subject: order.name, body: order.note ?? '', phone: order.phone, email: order.email, address: order.address, reference: order.reference,
      });
  }
}
