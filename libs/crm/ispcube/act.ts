import type { CustomerOrder, OrderResult } from '../../domain/customers.js';
import { cents } from '../../domain/money.js';
import { localTime } from '../wire/dates.js';
import { readRow } from '../wire/lenient.js';
import { once } from '../wire/once.js';
import { answered, orRefused, rejected } from '../wire/refusal.js';
import { NOT_FOUND, type VendorAdapter } from '../wire/vendor-crm.js';
import { customerById, type Opened } from './ask.js';
import { byName } from './catalog.js';
import { ignored, paymentRow, rowsIn, ticketRow, type CustomerRow, type PaymentRow, type TicketRow } from './rows.js';

type Order<Kind> = Extract<CustomerOrder, { kind: Kind }>;

const MARK = 'Hilo ';
/** Ours among the comments of payments and tickets. */
const markOf = (reference: string): string => `${MARK}${reference}`;
const hasMark = (text: string | undefined, reference: string): boolean => text !== undefined && text.split(/\s*[\n|]\s*/u).includes(markOf(reference));

/** The last six payments, newest first. */
async function paymentsOf({ deps, session }: Opened, row: CustomerRow, signal: AbortSignal): Promise<PaymentRow[]> {
  const path = '/cash/cash_last_six_monts'; // the vendor's spelling
  const body = await session.call({ path, query: { customer_id: row.id }, signal });
  return rowsIn(body).map((one) => readRow(deps, path, paymentRow, one, ignored)).filter((one) => one.customer_id === undefined || one.customer_id === row.id);
}

/** @returns the payment that this order made, `doubt` for one that may be it: same amount, not before it was paid, and nobody else's mark on it */
function paymentFor(payments: readonly PaymentRow[], { reference, amount, paidAt }: Order<'pay'>, timeZone: string): { made?: PaymentRow; doubt: boolean } {
  const paidOn = localTime(paidAt, timeZone).day;
  const made = payments.find(({ comment }) => hasMark(comment, reference));
  const mayBe = ({ comment, total, real_date: realDate, date }: PaymentRow) => (
    !(comment ?? '').startsWith(MARK) && total !== undefined && cents(total) === cents(amount.amount) && (realDate ?? date ?? paidOn) >= paidOn);
  return { ...(made ? { made } : {}), doubt: payments.some(mayBe) };
}

/** The entity that a method of payment is booked to. */
async function destinyOf({ settings, catalog }: Opened, method: string, signal: AbortSignal): Promise<string | undefined> {
  const entities = await catalog.entities(signal);
  return (byName(entities, method) ?? byName(entities, settings.entity) ?? entities.find(({ isDefault }) => isDefault))?.id;
}

/**
 * To the account, as ISPCube has no payments of one invoice. Its call has no field for a reference: ours goes into `comment`, which not every
 * installation keeps. Where it is not kept, a payment of the same amount cannot be told from one that a person registered: that is `unknown`,
 * before and after paying, and nothing is paid.
 */
async function pay(opened: Opened, order: Order<'pay'>, signal: AbortSignal): Promise<OrderResult> {
  const { deps, session } = opened;
  const row = await customerById(opened, order.customer, signal);
  if (!row) return NOT_FOUND;
  const destiny = await destinyOf(opened, order.method, signal);
  if (destiny === undefined) return rejected('ISPCube no tiene una entidad de cobranza para este medio de pago');
  const known = new Set<string>();
  return once(deps, signal, orRefused({
    read: async () => {
      const payments = await paymentsOf(opened, row, signal);
      const { made, doubt } = paymentFor(payments, order, deps.timeZone);
      if (made) return { ok: true, done: 'already', id: made.id };
      if (doubt) return { ok: false, reason: 'unknown' };
      payments.forEach(({ id }) => known.add(id));
      return undefined;
    },
    write: async () => {
      const body = { customer_id: Number(row.id), amount: order.amount.amount, destiny_id: Number(destiny), comment: markOf(order.reference) };
      answered(await session.call({ path: '/cash/payment_save', method: 'POST', body, signal }), 'payment_save');
      return confirmed(await paymentsOf(opened, row, signal), order, known);
    },
  }));
}

/** What was read after a call that ISPCube said it had done: the one payment that was not there before. */
function confirmed(payments: readonly PaymentRow[], { reference, amount }: Order<'pay'>, known: ReadonlySet<string>): OrderResult {
  const fresh = payments.filter(({ id, total }) => !known.has(id) && total !== undefined && cents(total) === cents(amount.amount));
  const made = fresh.find(({ comment }) => hasMark(comment, reference)) ?? (fresh.length === 1 ? fresh[0] : undefined);
  return made ? { ok: true, done: 'now', id: made.id } : { ok: false, reason: 'unknown' };
}

async function ticketsBy({ deps, session }: Opened, query: Record<string, string>, signal: AbortSignal): Promise<TicketRow[]> {
  const body = await session.call({ path: '/tickets', query, signal });
  return rowsIn(body).map((one) => readRow(deps, '/tickets', ticketRow, one, ignored));
}

async function openTicket(opened: Opened, order: Order<'open-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  const { settings, deps, session, catalog } = opened;
  const row = await customerById(opened, order.customer, signal);
  if (!row || (order.service !== undefined && !row.connections.some(({ id }) => id === order.service))) return NOT_FOUND;
  const categories = await catalog.ticketCategories(signal);
  const category = byName(categories, order.subject) ?? byName(categories, settings.ticketCategory) ?? categories[0];
  if (!category) return rejected('ISPCube no tiene categorías de tickets');
  const find = async (): Promise<OrderResult | undefined> => {
    const tickets = await ticketsBy(opened, { customer_id: row.id }, signal);
    const found = tickets.find((one) => one.customer_id === row.id && one.items.some(({ content }) => hasMark(content, order.reference)));
    return found ? { ok: true, done: 'already', id: found.id } : undefined;
  };
  return once(deps, signal, orRefused({
    read: find,
    write: async () => {
      answered(await session.call({ path: '/ticket/new_ticket', method: 'POST', signal, body: {
        ticket_status_id: OPEN, ticket_category_id: Number(category.id), customer_id: Number(row.id), item_content: `${order.subject}\n${order.body}`,
        internal_item_content: markOf(order.reference), ...(order.service === undefined ? {} : { connection_id: Number(order.service) }),
        ...(settings.ticketUser === undefined ? {} : { assigned_user_id: Number(settings.ticketUser) }),
      } }), 'new_ticket');
      const made = await find();
      return made?.ok ? { ...made, done: 'now' } : { ok: false, reason: 'unknown' };
    },
  }));
}

const OPEN = 1;
const CLOSED = 3;

/** ISPCube wants every id of a ticket sent back with a change. */
async function closeTicket(opened: Opened, { ticket, reason }: Order<'close-ticket'>, signal: AbortSignal): Promise<OrderResult> {
  const read = async () => (/^\d{1,12}$/u.test(ticket) ? (await ticketsBy(opened, { ticket_id: ticket }, signal)).find(({ id }) => id === ticket) : undefined);
  const before = await read();
  if (!before) return NOT_FOUND;
  const isClosed = (row: TicketRow | undefined) => row?.ticket_status_id === String(CLOSED);
  const ids = Object.fromEntries((['ticket_category_id', 'ticket_area_id', 'ticket_priority_id', 'assigned_user_id', 'connection_id', 'customer_id'] as const)
    .flatMap((name) => (before[name] === undefined ? [] : [[name, Number(before[name])] as const])));
  return once(opened.deps, signal, orRefused({
    read: async () => (isClosed(await read()) ? { ok: true, done: 'already', id: ticket } : undefined),
    write: async () => {
      answered(await opened.session.call({ path: `/ticket/${ticket}`, method: 'PUT', body: { ...ids, ticket_status_id: CLOSED, new_item_content: reason }, signal }), 'ticket');
      return isClosed(await read()) ? { ok: true, done: 'now', id: ticket } : { ok: false, reason: 'unknown' };
    },
  }));
}

/** What ISPCube can be told. Nothing switches services: a payment does that by itself. */
export function ispcubeOrders(opened: Opened): VendorAdapter['orders'] {
  if (opened.settings.login === 'legacy') return {};
  return {
    pay: (order, signal) => pay(opened, order, signal),
    'open-ticket': (order, signal) => openTicket(opened, order, signal),
    'close-ticket': (order, signal) => closeTicket(opened, order, signal),
  };
}
