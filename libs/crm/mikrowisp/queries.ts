import type { CustomerQuery, QueryResult } from '../../domain/customers.js';
import type { CrmDeps } from '../crm-deps.js';
import { bareDocument, isPlaceholderDocument } from '../wire/documents.js';
import { fetchPdf } from '../wire/pdf.js';
import { phoneSought } from '../wire/phones.js';
import { lineOf } from '../wire/settings.js';
import { NOT_FOUND, type VendorAdapter } from '../wire/vendor-crm.js';
import type { MikrowispCommands } from './commands.js';
import { accountOf, connectionOf, documentOf, invoiceOf, matchOf, numbersOf, profileOf, statusOf } from './map.js';
import { clientsIn, invoiceIn, invoicesIn, type ClientRow, type InvoiceRow } from './rows.js';
import type { MikrowispSettings } from './settings.js';

export interface Opened {
  settings: MikrowispSettings;
  deps: CrmDeps;
  commands: MikrowispCommands;
}

type Query<Kind> = Extract<CustomerQuery, { kind: Kind }>;

/** MikroWisp's ids are numbers: what is none is nobody's, and is not asked for. */
const isId = (text: string): boolean => /^[1-9]\d{0,17}$/u.test(text);

async function clientsBy({ commands, deps }: Opened, filter: Record<string, unknown>, signal: AbortSignal): Promise<ClientRow[]> {
  const answer = await commands.call('GetClientsDetails', filter, signal);
  return answer.ok ? clientsIn(deps, answer.fields) : [];
}

/** One customer, checked to be the one who was asked for. */
export async function clientById(opened: Opened, id: string, signal: AbortSignal): Promise<ClientRow | undefined> {
  if (!isId(id)) return undefined;
  return (await clientsBy(opened, { idcliente: Number(id) }, signal)).find((row) => row.id === id);
}

/** An invoice of this customer; another's is nobody's. */
export async function invoiceById({ commands, deps }: Opened, customer: string, id: string, signal: AbortSignal): Promise<InvoiceRow | undefined> {
  if (!isId(id)) return undefined;
  const answer = await commands.call('GetInvoice', { idfactura: Number(id) }, signal);
  const row = answer.ok ? invoiceIn(deps, answer.fields) : undefined;
  return row?.id === id && row.idcliente === customer ? row : undefined;
}

async function invoicesOf({ commands, deps }: Opened, customer: string, more: Record<string, unknown>, signal: AbortSignal): Promise<InvoiceRow[]> {
  const answer = await commands.call('GetInvoices', { idcliente: Number(customer), ...more }, signal);
  return answer.ok ? invoicesIn(deps, answer.fields).filter(({ idcliente }) => idcliente === customer) : [];
}

/** Each customer once; a search may find somebody by both fields. */
function matches({ deps }: Opened, rows: readonly ClientRow[]): QueryResult {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  return { ok: true, kind: 'customers', customers: unique.map((row) => matchOf(row, deps.defaultCountry)) };
}

/** Systems pay for each request with time: the spellings that are tried, most usual first. */
const MOST_SPELLINGS = 5;

/**
 * Whether a search is exact is not documented, so each spelling is asked for, in both fields, until one finds somebody; what is found is compared
 * by the line itself, as a filter may match a part of a number, or be ignored.
 */
async function byPhone(opened: Opened, { phone }: Query<'by-phone'>, signal: AbortSignal): Promise<QueryResult> {
  const sought = phoneSought(phone, opened.deps.defaultCountry);
  for (const spelling of sought.spellings.slice(0, MOST_SPELLINGS)) {
    const found = await Promise.all(['movil', 'telefono'].map((field) => clientsBy(opened, { [field]: spelling }, signal)));
    const rows = found.flat().filter((row) => sought.isIn(numbersOf(row)));
    if (rows.length > 0) return matches(opened, rows);
  }
  return matches(opened, []);
}

async function byDocument(opened: Opened, { document }: Query<'by-document'>, signal: AbortSignal): Promise<QueryResult> {
  const wanted = bareDocument(document);
  if (isPlaceholderDocument(wanted)) return matches(opened, []);
  return matches(opened, (await clientsBy(opened, { cedula: wanted }, signal)).filter((row) => documentOf(row) === wanted));
}

/** More open invoices than anybody has. */
const MOST_OPEN = 100;

async function account(opened: Opened, { customer }: Query<'account'>, signal: AbortSignal): Promise<QueryResult> {
  const { currency } = opened.deps;
  const row = await clientById(opened, customer, signal);
  if (!row) return NOT_FOUND;
  const open = await invoicesOf(opened, customer, { estado: 1, limit: MOST_OPEN }, signal);
  return { ok: true, kind: 'account', account: accountOf(row, open.flatMap((one) => invoiceOf(one, currency) ?? []), currency) };
}

async function connection(opened: Opened, { customer, service }: Query<'connection'>, signal: AbortSignal): Promise<QueryResult> {
  const row = await clientById(opened, customer, signal);
  const found = row?.services.find(({ id }) => id === service);
  if (!row || !found || statusOf(row) === 'cancelled') return NOT_FOUND;
  return { ok: true, kind: 'connection', connection: connectionOf(row, found) };
}

async function profile(opened: Opened, { customer }: Query<'profile'>, signal: AbortSignal): Promise<QueryResult> {
  const row = await clientById(opened, customer, signal);
  return row ? { ok: true, kind: 'profile', profile: profileOf(row, opened.deps.defaultCountry, opened.deps.currency) } : NOT_FOUND;
}

async function invoices(opened: Opened, { customer, limit }: Query<'invoices'>, signal: AbortSignal): Promise<QueryResult> {
  if (!(await clientById(opened, customer, signal))) return NOT_FOUND;
  const rows = await invoicesOf(opened, customer, { limit }, signal);
  const all = rows.flatMap((row) => invoiceOf(row, opened.deps.currency) ?? []);
  const newestFirst = all.toSorted((one, other) => (other.issuedOn ?? other.dueOn).localeCompare(one.issuedOn ?? one.dueOn) || Number(other.id) - Number(one.id));
  return { ok: true, kind: 'invoices', invoices: newestFirst.slice(0, limit) };
}

/** Where the document is: as the API tells (seen at one integration only), else as an administrator typed. */
function documentUrl({ settings }: Opened, row: InvoiceRow): string | undefined {
  const base = `${settings.url}/`;
  if (row.urlpdf !== undefined && URL.canParse(row.urlpdf, base)) return new URL(row.urlpdf, base).href;
  return settings.invoiceUrl?.replace('{idfactura}', row.id);
}

async function invoiceDocument(opened: Opened, { customer, invoice }: Query<'invoice-document'>, signal: AbortSignal): Promise<QueryResult> {
  const { deps, settings } = opened;
  const row = await invoiceById(opened, customer, invoice, signal);
  if (!row) return NOT_FOUND;
  const url = documentUrl(opened, row);
  if (url === undefined) return { ok: false, reason: 'unsupported' };
  const named = { id: row.id, number: invoiceOf(row, deps.currency)?.number ?? row.id };
  return { ok: true, kind: 'document', document: await fetchPdf(deps, lineOf(settings), { url, invoice: named, signal }) };
}

export function mikrowispQueries(opened: Opened): VendorAdapter['queries'] {
  return {
    'by-phone': (query, signal) => byPhone(opened, query, signal),
    'by-document': (query, signal) => byDocument(opened, query, signal),
    account: (query, signal) => account(opened, query, signal),
    connection: (query, signal) => connection(opened, query, signal),
    profile: (query, signal) => profile(opened, query, signal),
    invoices: (query, signal) => invoices(opened, query, signal),
    'invoice-document': (query, signal) => invoiceDocument(opened, query, signal),
  };
}
