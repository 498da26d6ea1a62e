import type { EntityManager } from '@mikro-orm/postgresql';
import { isUuid } from '../../../activities/customer-book/rows.js';
import { cents, fromCents } from '../../../libs/domain/money.js';
import type { ReceiptState } from '../../../libs/domain/receipt/case.js';
import type { ComparisonCode } from '../../../libs/domain/receipt/compare.js';
import { issuerOf } from '../../../libs/domain/receipt/issuers.js';
import { typedSearch } from '../../../libs/domain/receipt/typed.js';
import type { Condition } from '../tickets/sight.js';
import { like } from '../tickets/tickets.queries.js';
import { typedPhone } from '../tickets/typed-phone.js';
import type { ListedReceipt, ReceiptFilter, ReceiptPage, ReceiptQuery } from './receipt.schema.js';

/** What a list shows of a receipt, and the detail begins with. */
export interface ListedRow {
  id: string;
  state: ReceiptState;
  source: ListedReceipt['source'];
  customer: string | null;
  customer_name: string | null;
  invoice: string | null;
  amount: string | null;
  currency: string | null;
  issuer: string | null;
  paid_on: string | null;
  received_at: string;
  reason: ComparisonCode | null;
  fault: string | null;
  decided_by: 'policy' | 'person' | null;
  decided_by_name: string | null;
  decided_why: string | null;
  decided_at: string | null;
  late: boolean;
  payment: ListedReceipt['settlement'] | null;
}

export const LISTED = `r.id, r.state, r.source, r.customer, r.customer_name, r.invoice, r.amount::text, r.currency, r.issuer, r.paid_on::text, r.received_at, r.reasons[1] reason, r.fault,
  r.decided_by, r.decided_by_name, r.decided_why, r.decided_at, r.state = 'review' and r.reminded_at is not null late,
  (select s.state from settlements s where s.company = r.company and s.receipt = r.id order by s.opened_at desc limit 1) payment`;

const states: Readonly<Record<Exclude<ReceiptFilter, 'all' | 'stuck'>, readonly ReceiptState[]>> = {
  review: ['review'], waiting: ['reading', 'waiting'], accepted: ['accepted'], rejected: ['rejected'], 'asked-another': ['asked-another'], other: ['other'],
};
const sorts: Readonly<Record<ReceiptQuery['sort'], string>> = {
  newest: 'received_at desc, id', oldest: 'received_at, id', amount: 'amount desc nulls last, received_at desc, id',
};
const STUCK = `exists (select from settlements s where s.company = r.company and s.receipt = r.id and s.state = 'stuck')`;

function filtered(filter: ReceiptFilter): string {
  if (filter === 'all') return 'true';
  return filter === 'stuck' ? STUCK : `r.state in (${states[filter].map((one) => `'${one}'`).join(', ')})`;
}

export const iso = (at: string | Date): string => new Date(at).toISOString();

/** Words anywhere in names, invoice and references; or an amount; or an operation's number or a phone however it is spelt. */
function matching(company: string, q: string, phones: string): Condition {
  const { words, amount, number } = typedSearch(q);
  const folded = 'r.search like book_fold(?)';
  const ways: Condition[] = [
    { sql: `(${words.map(() => folded).join(' and ')})`, values: words.map(like) },
    ...(number === undefined ? [] : [{ sql: 'r.search like ?', values: [like(number)] }]),
    ...(amount === undefined ? [] : [{ sql: 'r.amount = ?::numeric', values: [amount] }]),
    ...(phones === '{}' ? [] : [{ sql: 'r.contact = any(array(select a.contact from contact_addresses a where a.company = ? and a.key = any(?::text[])))', values: [company, phones] }]),
    { sql: 'r.customer = any(array(select c.id::text from customers c where c.company = ? and lower(c.number) = lower(?)))', values: [company, q] },
  ];
  return { sql: `(${ways.map(({ sql }) => sql).join(' or ')})`, values: ways.flatMap(({ values }) => values) };
}

async function conditionOf(em: EntityManager, company: string, { q, from, to }: ReceiptQuery, zone: string): Promise<Condition> {
  const conditions: Condition[] = [
    { sql: 'r.company = ?', values: [company] },
    ...(from === undefined ? [] : [{ sql: 'r.received_at >= ?::date::timestamp at time zone ?', values: [from, zone] }]),
    ...(to === undefined ? [] : [{ sql: 'r.received_at < (?::date + 1)::timestamp at time zone ?', values: [to, zone] }]),
    ...(q === '' ? [] : [matching(company, q, await typedPhone(em, company, q))]),
  ];
  return { sql: conditions.map(({ sql }) => sql).join(' and '), values: conditions.flatMap(({ values }) => values) };
}

/** The rows of a page, with whatever else of them is wanted. */
function chosen<R extends ListedRow>(em: EntityManager, company: string, { filter, sort, page, size }: ReceiptQuery, { sql, values }: Condition, also = ''): Promise<R[]> {
  return em.execute<R[]>(
    `with chosen as materialized (select r.id from receipts r where ${sql} and ${filtered(filter)} order by ${sorts[sort]} limit ? offset ?)
      select ${LISTED}${also === '' ? '' : `, ${also}`} from chosen join receipts r on r.company = ? and r.id = chosen.id order by ${sorts[sort].replaceAll(/\b(received_at|amount|id)\b/gu, 'r.$1')}`,
    [...values, size, (page - 1) * size, company]);
}

/** The rows of a page alone. @param also more columns of `receipts r`, as SQL */
export async function chosenReceipts<R extends ListedRow>(em: EntityManager, company: string, query: ReceiptQuery, also: string): Promise<R[]> {
  const [place] = await em.execute<{ zone: string }[]>('select time_zone zone from companies where id = ?', [company]);
  return chosen<R>(em, company, query, await conditionOf(em, company, query, place!.zone), also);
}

/** A page of the company's receipts, and how many there are under each filter. */
export async function listReceipts(em: EntityManager, company: string, query: ReceiptQuery): Promise<ReceiptPage> {
  const { filter } = query;
  const [place] = await em.execute<{ zone: string }[]>('select time_zone zone from companies where id = ?', [company]);
  const { sql, values } = await conditionOf(em, company, query, place!.zone);
  const byState = await em.execute<{ state: ReceiptState; count: number }[]>(`select r.state, count(*)::int count from receipts r where ${sql} group by 1`, values);
  const [stuck] = await em.execute<{ count: number }[]>(
    `select count(*)::int count from receipts r where ${sql} and r.id = any(array(select s.receipt from settlements s where s.company = ? and s.state = 'stuck'))`, [...values, company]);
  const of = (wanted: readonly ReceiptState[]) => byState.filter(({ state }) => wanted.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const counts: ReceiptPage['counts'] = {
    ...(Object.fromEntries(Object.entries(states).map(([name, wanted]) => [name, of(wanted)])) as ReceiptPage['counts']),
    all: byState.reduce((sum, { count }) => sum + count, 0), stuck: stuck!.count,
  };
  const rows = await chosen<ListedRow>(em, company, query, { sql, values });
  const [alone] = await em.execute<{ count: number }[]>(
    `select count(*)::int count from receipts where company = ? and state = 'accepted' and decided_by = 'policy'
      and received_at > now() - interval '2 days' and (decided_at at time zone ?)::date = (now() at time zone ?)::date`, [company, place!.zone, place!.zone]);
  const missing = await missingOf(em, company, rows);
  return { items: rows.map((row) => listedOf(row, missing.get(row.id))), total: counts[filter], counts, acceptedAlone: alone!.count };
}

/** As screens show a row. */
export function listedOf(row: ListedRow, missing?: string): ListedReceipt {
  const { id, state, source, customer_name: customerName, amount, currency, issuer, paid_on: paidOn, reason, fault, payment } = row;
  return {
    id, state, source, receivedAt: iso(row.received_at),
    ...(customerName === null || customerName === '' ? {} : { customerName }), ...(amount === null ? {} : { amount: { amount, currency: currency ?? '' } }),
    ...(issuer === null ? {} : { issuer: issuerOf(issuer)?.name ?? issuer }), ...(paidOn === null ? {} : { paidOn }), ...(reason === null ? {} : { headline: reason }),
    ...(missing === undefined ? {} : { missing: { amount: missing, currency: currency ?? '' } }), ...(fault === null ? {} : { fault }),
    ...(payment === null ? {} : { settlement: payment }), ...(row.late ? { late: true } : {}),
    ...(row.decided_by === null || row.decided_at === null ? {} : {
      decided: {
        by: row.decided_by, at: iso(row.decided_at),
        ...(row.decided_by_name === null ? {} : { name: row.decided_by_name }), ...(row.decided_why === null ? {} : { why: row.decided_why }),
      },
    }),
  };
}

/** What lacks to what is due, of customers of Hilo's own book: other systems are not asked for a list. By the receipt's id. */
export async function missingOf(em: EntityManager, company: string, rows: readonly ListedRow[]): Promise<Map<string, string>> {
  const short = rows.filter(({ reason, customer, amount }) => reason === 'amount-below-due' && amount !== null && customer !== null && isUuid(customer));
  if (short.length === 0) return new Map();
  const due = await em.execute<{ id: string; customer: string; rest: string }[]>(
    `select id, customer, (amount - paid)::text rest from invoices where company = ? and customer = any(?::uuid[]) and state in ('open', 'in-review')`,
    [company, `{${short.map(({ customer }) => customer).join(',')}}`]);
  return new Map(short.flatMap(({ id, customer, invoice, amount }) => {
    const theirs = due.filter((one) => one.customer === customer && (invoice === null || one.id === invoice));
    const lacks = theirs.reduce((sum, { rest }) => sum + cents(rest), 0n) - cents(amount!);
    return lacks > 0n ? [[id, fromCents(lacks)] as const] : [];
  }));
}
