import type { EntityManager } from '@mikro-orm/postgresql';
import { instantFrom, present } from '../../../activities/customer-book/rows.js';
import { invoicesInReview } from '../receipts/invoices-in-review.queries.js';
import type { BookInvoiceView, InvoicePage, InvoiceQuery, PaymentPage, PaymentQuery, PaymentView, RunView } from './invoice.schema.js';

const WHO = `json_build_object('id', c.id, 'number', c.number, 'name', c.name)`;

const filters = {
  owed: `state in ('open', 'in-review')`, overdue: 'overdue', paid: `state = 'paid'`, cancelled: `state = 'cancelled'`, all: 'true',
} as const;
const counted = Object.entries(filters).map(([name, sql]) => `count(*) filter (where ${sql})::int as ${name}`).join(', ');

const INVOICES = `with found as (
    select i.id, i.number, ${WHO} as customer, i.issued_on::text as "issuedOn", i.due_on::text as "dueOn", i.amount::text, i.paid::text, (i.amount - i.paid)::text as rest,
      i.currency, i.state, i.paid_on::text as "paidOn", to_char(i.period, 'YYYY-MM') as period, i.cancelled_why as "cancelledWhy",
      i.state in ('open', 'in-review') and i.due_on < (clock_timestamp() at time zone k.time_zone)::date as overdue
    from invoices i join customers c on c.company = i.company and c.id = i.customer join companies k on k.id = i.company
    where i.company = ? and (?::uuid is null or i.customer = ?::uuid) and (?::uuid is null or i.id = ?::uuid)
      and (? = '' or i.number like '%' || ? || '%' or c.search like '%' || book_fold(?) || '%'))`;

/** With null what is not there. */
type Raw = { [K in keyof BookInvoiceView]: BookInvoiceView[K] | null };

/** A page of invoices, those that are due last first. One whose receipt is looked at is shown as that. */
export async function readInvoices(em: EntityManager, company: string, { q, filter, customer, page, size }: InvoiceQuery, id?: string): Promise<InvoicePage> {
  const words = q.replace(/[\\%_]/gu, '\\$&');
  const [answer] = await em.execute<{ counts: InvoicePage['counts']; items: Raw[] | null }[]>(
    `${INVOICES} select (select to_json(n) from (select ${counted} from found) n) as counts,
      (select json_agg(x) from (select * from found where ${filters[filter]} order by "issuedOn" desc, number desc limit ? offset ?) x) as items`,
    [company, customer ?? null, customer ?? null, id ?? null, id ?? null, words, words, words, size, (page - 1) * size]);
  const items = (answer!.items ?? []).map((row) => present(row) as BookInvoiceView);
  const shown = await invoicesInReview(em, company, items.map((one) => one.customer.id));
  return { items: items.map((one) => ({ ...one, state: shown(one.customer.id, one) })), counts: answer!.counts };
}

export async function readInvoice(em: EntityManager, company: string, id: string): Promise<BookInvoiceView | undefined> {
  return (await readInvoices(em, company, { q: '', filter: 'all', page: 1, size: 1 }, id)).items[0];
}

const PAYMENTS = `select p.id, ${WHO} as customer, p.amount::text, p.currency, p.method, p.reference, p.paid_at as "paidAt", p.made_by_name as "madeBy",
    p.reversed_at as "reversedAt", p.reversed_why as "reversedWhy", p.reversed_by_name as "reversedBy", count(*) over ()::int as total,
    (select coalesce(json_agg(json_build_object('number', i.number, 'amount', a.amount::text) order by i.due_on), '[]') from payment_parts a
      join invoices i on i.company = a.company and i.id = a.invoice where a.company = p.company and a.payment = p.id) as invoices
  from payments p join customers c on c.company = p.company and c.id = p.customer
  where p.company = ? and (?::uuid is null or p.customer = ?::uuid) and (?::uuid is null or p.id = ?::uuid) order by p.paid_at desc, p.made_at desc limit ? offset ?`;

/** A page of payments, newest first. */
export async function readPayments(em: EntityManager, company: string, { customer, page, size }: PaymentQuery, id?: string): Promise<PaymentPage> {
  const rows = await em.execute<({ [K in keyof PaymentView]: PaymentView[K] | null } & { total: number })[]>(
    PAYMENTS, [company, customer ?? null, customer ?? null, id ?? null, id ?? null, size, (page - 1) * size]);
  const items = rows.map(({ total: _, paidAt, reversedAt, ...row }) => present({
    ...row, paidAt: instantFrom(paidAt!), reversedAt: reversedAt ? instantFrom(reversedAt) : null,
  }) as PaymentView);
  return { items, total: rows[0]?.total ?? 0 };
}

/** Newest first, the last fifty. */
export async function readRuns(em: EntityManager, company: string, id?: string): Promise<RunView[]> {
  const rows = await em.execute<({ [K in keyof RunView]: RunView[K] | null })[]>(
    `select r.id, to_char(r.period, 'YYYY-MM') as period, r.issued_on::text as "issuedOn", r.due_on::text as "dueOn", r.state, r.invoices, r.total::text, r.currency,
        r.made_by_name as "madeBy", r.made_at as "madeAt", r.undone_at as "undoneAt",
        (select count(*)::int from invoices i where i.company = r.company and i.run = r.id and i.paid <> 0) as paid
      from invoicing_runs r where r.company = ? and (?::uuid is null or r.id = ?::uuid) order by r.made_at desc limit 50`, [company, id ?? null, id ?? null]);
  return rows.map(({ madeAt, undoneAt, ...row }) => present({ ...row, madeAt: instantFrom(madeAt!), undoneAt: undoneAt ? instantFrom(undoneAt) : null }) as RunView);
}
