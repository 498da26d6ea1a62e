import type { EntityManager } from '@mikro-orm/postgresql';
import { invoiceNumber } from '../../libs/domain/invoicing/invoicing.js';
import { sumOf } from '../../libs/domain/money.js';
import { BookRefusal } from './refusal.js';

export interface BookSettings {
  invoicePrefix: string;
  lastInvoice: number;
  lastCustomer: number;
  lastService: number;
  dueKind: 'day-of-month' | 'days-after';
  dueValue: number;
  prorate: boolean;
}

interface SettingsRow {
  invoice_prefix: string;
  last_invoice: number;
  last_customer: number;
  last_service: number;
  due_kind: BookSettings['dueKind'];
  due_value: number;
  prorate: boolean;
}

/** The company's rules and counters, locked until the end of the transaction: who gives numbers waits here for who gave the last. */
export async function lockSettings(em: EntityManager, company: string): Promise<BookSettings> {
  const [row] = await em.execute<SettingsRow[]>('select * from book_settings_locked(?)', [company]);
  const { invoice_prefix, last_invoice, last_customer, last_service, due_kind, due_value, prorate } = row!;
  return {
    invoicePrefix: invoice_prefix, lastInvoice: last_invoice, lastCustomer: last_customer, lastService: last_service,
    dueKind: due_kind, dueValue: due_value, prorate,
  };
}

/** Rules of invoicing from the next run on. Another prefix begins to count at what was already issued under it. */
export async function saveSettings(em: EntityManager, company: string, { invoicePrefix, dueKind, dueValue, prorate }: Pick<BookSettings, 'invoicePrefix' | 'dueKind' | 'dueValue' | 'prorate'>): Promise<BookSettings> {
  const before = await lockSettings(em, company);
  await em.execute(
    'update book_settings set invoice_prefix = ?, last_invoice = ?, due_kind = ?, due_value = ?, prorate = ? where company = ?',
    [invoicePrefix, before.invoicePrefix === invoicePrefix ? before.lastInvoice : 0, dueKind, dueValue, prorate, company]);
  // A new prefix may have been an old one: its numbers go on.
  await em.execute(
    `update book_settings b set last_invoice = greatest(b.last_invoice, coalesce((select max(split_part(i.number, '-', 2)::int) from invoices i
        where i.company = b.company and i.number ~ ('^' || b.invoice_prefix || '-[0-9]{8}$')), 0)) where b.company = ?`, [company]);
  return lockSettings(em, company);
}

type Counter = 'last_invoice' | 'last_customer' | 'last_service';

/** Takes so many numbers of a counter. @returns the first of them */
export async function takeNumbers(em: EntityManager, company: string, counter: Counter, count: number): Promise<number> {
  await lockSettings(em, company);
  const [row] = await em.execute<{ last: number }[]>(`update book_settings set ${counter} = ${counter} + ? where company = ? returning ${counter} as last`, [count, company]);
  return row!.last - count + 1;
}

export interface NewInvoice {
  id: string;
  customer: string;
  service?: string | undefined;
  /** `YYYY-MM-DD` */
  issuedOn: string;
  dueOn: string;
  currency: string;
  lines: readonly { text: string; amount: string }[];
  /** `YYYY-MM` */
  period?: string | undefined;
  run?: string | undefined;
}

/** Rows of one insert: PostgreSQL takes 65,535 parameters at most. */
const AT_ONCE = 1000;

/** Issues invoices under the next numbers, in the order given; the settings are locked. @returns their numbers */
export async function issue(em: EntityManager, company: string, invoices: readonly NewInvoice[]): Promise<string[]> {
  const { invoicePrefix } = await lockSettings(em, company);
  const first = await takeNumbers(em, company, 'last_invoice', invoices.length);
  const numbers = invoices.map((_, at) => invoiceNumber(invoicePrefix, first + at));
  for (let from = 0; from < invoices.length; from += AT_ONCE) {
    const some = invoices.slice(from, from + AT_ONCE);
    const rows = some.map((one, at) => ({
      id: one.id, customer: one.customer, service: one.service ?? null, number: numbers[from + at]!, issued_on: one.issuedOn, due_on: one.dueOn,
      amount: sumOf(one.lines.map(({ amount }) => amount)), currency: one.currency, period: one.period === undefined ? null : `${one.period}-01`, run: one.run ?? null,
    }));
    await em.execute(
      `insert into invoices (company, id, customer, service, number, issued_on, due_on, amount, currency, period, run)
        select ?, x.* from jsonb_to_recordset(?::jsonb) as x(id uuid, customer uuid, service uuid, number text, issued_on date, due_on date, amount numeric,
          currency text, period date, run uuid)`, [company, JSON.stringify(rows)]);
    const lines = some.flatMap(({ id, lines: of }) => of.map(({ text, amount }, position) => ({ invoice: id, position, text, amount })));
    await em.execute(
      `insert into invoice_lines (company, invoice, position, text, amount)
        select ?, x.* from jsonb_to_recordset(?::jsonb) as x(invoice uuid, position int, text text, amount numeric)`, [company, JSON.stringify(lines)]);
  }
  return numbers;
}

/**
 * An invoice that is not owed any more; it keeps its number, marked as cancelled.
 * @throws BookRefusal `invoice-unknown`, `invoice-paid` when something of it is paid, `invoice-cancelled`
 */
export async function cancelInvoice(em: EntityManager, company: string, id: string, why: string): Promise<{ number: string; customer: string }> {
  const [row] = await em.execute<{ state: string; paid: string; number: string; customer: string }[]>(
    'select state, paid, number, customer from invoices where company = ? and id = ?::uuid for update', [company, id]);
  if (!row) throw new BookRefusal('invoice-unknown');
  if (row.state === 'cancelled') throw new BookRefusal('invoice-cancelled');
  if (row.state === 'paid' || Number(row.paid) !== 0) throw new BookRefusal('invoice-paid', row.number);
  await em.execute(`update invoices set state = 'cancelled', cancelled_why = ? where company = ? and id = ?::uuid`, [why, company, id]);
  return { number: row.number, customer: row.customer };
}
