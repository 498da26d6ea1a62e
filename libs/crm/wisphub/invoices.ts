import type { CrmDeps } from '../crm-deps.js';
import { localTime } from '../wire/dates.js';
import { readRow } from '../wire/lenient.js';
import type { WisphubCalls } from './calls.js';
import { numberOf, stateOf, usersOf, type Owed, type Person } from './map.js';
import { ignored, invoiceRow, saldoRow, type InvoiceRow } from './rows.js';

const DAY_MS = 86_400_000;
/** A range may span three months; four of them are a year. */
const WINDOW_DAYS = 89;
const WINDOWS = 4;

/** The invoices of one person. */
export interface WisphubInvoices {
  /** What is not paid. */
  owed(person: Person, signal: AbortSignal): Promise<Owed[]>;
  /** Newest first, of at most the last year. */
  latest(person: Person, limit: number, signal: AbortSignal): Promise<InvoiceRow[]>;
  /** Undefined for one that is another person's. */
  one(person: Person, invoice: string, signal: AbortSignal): Promise<InvoiceRow | undefined>;
  /** Those that can still be paid, the earliest due date first. */
  pending(person: Person, signal: AbortSignal): Promise<InvoiceRow[]>;
}

export const isPayable = (row: InvoiceRow): boolean => ['open', 'in-review'].includes(stateOf(row));
const dueOf = (row: { fecha_vencimiento?: string; fecha_emision?: string }): string => row.fecha_vencimiento ?? row.fecha_emision ?? '';
const byDue = (one: InvoiceRow, other: InvoiceRow): number => (dueOf(one) < dueOf(other) ? -1 : dueOf(one) > dueOf(other) ? 1 : 0);

type Listed = (person: Person, query: Record<string, string>, signal: AbortSignal) => Promise<InvoiceRow[]>;

const isOf = (person: Person) => ({ cliente }: InvoiceRow): boolean => cliente?.usuario !== undefined && usersOf(person).has(cliente.usuario);

/** `cliente` is the user of the portal, not a number; an installation that ignores it gives everybody's invoices, so each row is checked. */
const listedBy = ({ list }: WisphubCalls): Listed => async (person, query, signal) => {
  const found = new Map<string, InvoiceRow>();
  for (const cliente of usersOf(person)) {
    const rows = await list({ path: '/facturas/', query: { ...query, cliente }, signal }, invoiceRow);
    for (const row of rows.filter(isOf(person))) found.set(row.id_factura, row);
  }
  return [...found.values()];
};

const pendingBy = (listed: Listed) => async (person: Person, signal: AbortSignal): Promise<InvoiceRow[]> => (
  (await listed(person, { estado: '1' }, signal)).filter(isPayable).sort(byDue));

/** Range by range back from today, until there are enough. */
const latestBy = (listed: Listed, deps: CrmDeps) => async (person: Person, limit: number, signal: AbortSignal): Promise<InvoiceRow[]> => {
  const found = new Map<string, InvoiceRow>();
  const day = (instant: number) => localTime(instant, deps.timeZone).day;
  let to = deps.now() + DAY_MS;
  for (let window = 0; window < WINDOWS && found.size < limit; window += 1) {
    const from = to - WINDOW_DAYS * DAY_MS;
    for (const row of await listed(person, { fecha_emision__range_0: day(from), fecha_emision__range_1: day(to) }, signal)) found.set(row.id_factura, row);
    to = from - DAY_MS;
  }
  return [...found.values()].sort((one, other) => byDue(other, one)).slice(0, limit);
};

export function wisphubInvoices(calls: WisphubCalls, deps: CrmDeps): WisphubInvoices {
  const listed = listedBy(calls);
  const pending = pendingBy(listed);

  async function owed(person: Person, signal: AbortSignal): Promise<Owed[]> {
    const all = new Map<string, Owed>();
    for (const { id_servicio: number } of person) {
      const body = await calls.call({ path: `/clientes/${number}/saldo/`, signal });
      if (body === undefined) {
        const rows = await pending(person, signal); // not every account has the call
        return rows.flatMap((row) => (row.total === undefined ? [] : [{ number: numberOf(row), dueOn: dueOf(row), amount: row.total }]));
      }
      for (const row of readRow(deps, '/clientes/{id}/saldo/', saldoRow, body, ignored).facturas) {
        const id = row.id_factura ?? row.id ?? '';
        if (row.total !== undefined) all.set(id, { number: id, dueOn: dueOf(row), amount: row.total });
      }
    }
    return [...all.values()];
  }

  async function one(person: Person, invoice: string, signal: AbortSignal): Promise<InvoiceRow | undefined> {
    const body = /^\d{1,12}$/u.test(invoice) ? await calls.call({ path: `/facturas/${invoice}/`, signal }) : undefined;
    const row = body === undefined ? undefined : readRow(deps, '/facturas/{id}/', invoiceRow, body, ignored);
    return row?.id_factura === invoice && isOf(person)(row) ? row : undefined;
  }

  return { owed, latest: latestBy(listed, deps), one, pending };
}
