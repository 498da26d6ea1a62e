import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { dueDateOf, invoicesFor, type BilledService, type ProposedInvoice } from '../../libs/domain/invoicing/invoicing.js';
import { sumOf } from '../../libs/domain/money.js';
import { issue, lockSettings } from './invoices.js';
import { BookRefusal } from './refusal.js';
import { dayFrom } from './rows.js';
import { lockCustomer, settle } from './settling.js';

export interface RunWanted {
  /** `YYYY-MM` */
  period: string;
  /** `YYYY-MM-DD`; absent: as the company's rule says. */
  dueOn?: string | undefined;
}

export interface RunPreview {
  period: string;
  issuedOn: string;
  dueOn: string;
  currency: string;
  total: string;
  invoices: (ProposedInvoice & { customerName: string; customerNumber: string; serviceNumber: string })[];
  /** Active services of this month that have an invoice already. */
  already: number;
}

interface ServiceRow {
  id: string;
  customer: string;
  number: string;
  plan: string;
  price: string;
  installed_on: string | Date | null;
  customer_name: string;
  customer_number: string;
  invoiced: boolean;
}

const ACTIVE = `select s.id, s.customer, s.number, p.name as plan, coalesce(s.price, p.price)::text as price, s.installed_on, c.name as customer_name, c.number as customer_number,
    exists (select from invoices i where i.company = s.company and i.service = s.id and i.period = ?::date and i.state <> 'cancelled') as invoiced
  from services s join plans p on p.company = s.company and p.id = s.plan join customers c on c.company = s.company and c.id = s.customer
  where s.company = ? and s.status = 'active' and c.status = 'active' order by c.number, s.number`;

const billed = ({ id, customer, number, plan, price, installed_on }: ServiceRow): BilledService =>
  ({ id, customer, number, plan, price, ...(installed_on === null ? {} : { installedOn: dayFrom(installed_on) }) });

/** What a run would make: who, how much, due when. Nothing is written. */
export async function previewRun(em: EntityManager, company: string, { period, dueOn }: RunWanted): Promise<RunPreview> {
  const { dueKind, dueValue, prorate } = await lockSettings(em, company);
  const [own] = await em.execute<{ currency: string; today: string | Date }[]>(
    'select currency, (clock_timestamp() at time zone time_zone)::date::text as today from companies where id = ?', [company]);
  const rows = await em.execute<ServiceRow[]>(ACTIVE, [`${period}-01`, company]);
  const open = rows.filter(({ invoiced }) => !invoiced);
  const rowOf = new Map(open.map((row) => [row.id, row]));
  const issuedOn = dayFrom(own!.today);
  const invoices = invoicesFor(open.map(billed), period, { prorate }).map((one) => {
    const row = rowOf.get(one.service)!;
    return { ...one, customerName: row.customer_name, customerNumber: row.customer_number, serviceNumber: row.number };
  });
  return {
    period, issuedOn, dueOn: dueOn ?? dueDateOf({ kind: dueKind, value: dueValue }, period, issuedOn), currency: own!.currency,
    total: sumOf(invoices.map(({ amount }) => amount)), invoices, already: rows.length - open.length,
  };
}

/** What somebody saw before they confirmed. */
export interface RunSeen {
  invoices: number;
  total: string;
}

/**
 * Makes a month's invoices, all of them or none. Two that are confirmed at once wait for each other at the settings' lock, and the second
 * finds nothing left to do; whatever dies in the middle leaves nothing.
 * @throws BookRefusal `invoicing-changed` where it would no longer make what was seen, `invoicing-nothing`
 */
export async function confirmRun(em: EntityManager, company: string, wanted: RunWanted, seen: RunSeen, by: string): Promise<{ id: string; preview: RunPreview }> {
  const preview = await previewRun(em, company, wanted);
  if (preview.invoices.length === 0) throw new BookRefusal('invoicing-nothing');
  if (preview.invoices.length !== seen.invoices || preview.total !== seen.total) throw new BookRefusal('invoicing-changed');
  const { period, issuedOn, dueOn, currency, total, invoices } = preview;
  const id = randomUUID();
  await issue(em, company, invoices.map(({ customer, service, amount, line }) => (
    { id: randomUUID(), customer, service, issuedOn, dueOn, currency, period, run: id, lines: [{ text: line, amount }] })));
  await em.execute(
    `insert into invoicing_runs (company, id, period, issued_on, due_on, state, invoices, total, currency, made_by_name)
      values (?, ?::uuid, ?::date, ?::date, ?::date, 'done', ?, ?::numeric, ?, ?)`,
    [company, id, `${period}-01`, issuedOn, dueOn, invoices.length, total, currency, by]);
  await spendCredits(em, company, invoices.map(({ customer }) => customer));
  return { id, preview };
}

/** Who had something in their favour pays with it. */
async function spendCredits(em: EntityManager, company: string, customers: readonly string[]): Promise<void> {
  const rows = await em.execute<{ customer: string }[]>(
    `select distinct p.customer from payments p where p.company = ? and p.reversed_at is null and p.customer = any(?::uuid[])
      and p.amount > (select coalesce(sum(a.amount), 0) from payment_parts a where a.company = p.company and a.payment = p.id) order by 1`,
    [company, `{${[...new Set(customers)].join(',')}}`]);
  for (const { customer } of rows) {
    await lockCustomer(em, company, customer);
    await settle(em, company, customer);
  }
}

/**
 * Cancels a run's invoices, all of them or none; their numbers stay, so that there is no gap, and the month can be invoiced again.
 * @returns how many were cancelled
 * @throws BookRefusal `run-unknown`, `run-undone`, `run-paid` with the numbers of what has been paid
 */
export async function undoRun(em: EntityManager, company: string, id: string): Promise<number> {
  await lockSettings(em, company);
  const [run] = await em.execute<{ state: string }[]>('select state from invoicing_runs where company = ? and id = ?::uuid for update', [company, id]);
  if (!run) throw new BookRefusal('run-unknown');
  if (run.state === 'undone') throw new BookRefusal('run-undone');
  const rows = await em.execute<{ number: string; state: string; paid: string }[]>(
    'select number, state, paid from invoices where company = ? and run = ?::uuid order by number for update', [company, id]);
  const paid = rows.filter((row) => Number(row.paid) !== 0 || row.state === 'in-review').map(({ number }) => number);
  if (paid.length > 0) throw new BookRefusal('run-paid', listed(paid));
  await em.execute(`update invoices set state = 'cancelled', cancelled_why = 'Se deshizo la facturación' where company = ? and run = ?::uuid and state <> 'cancelled'`, [company, id]);
  await em.execute(`update invoicing_runs set state = 'undone', undone_at = clock_timestamp() where company = ? and id = ?::uuid`, [company, id]);
  return rows.filter(({ state }) => state !== 'cancelled').length;
}

const SHOWN = 5;

/** The first few of many, and how many more. */
export const listed = (names: readonly string[]): string =>
  names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` y ${names.length - SHOWN} más` : '');
