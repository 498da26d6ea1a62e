import type { CustomerQuery, QueryResult } from '../../domain/customers.js';
import type { CrmDeps } from '../crm-deps.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { bareDocument, isPlaceholderDocument } from '../wire/documents.js';
import { readRow } from '../wire/lenient.js';
import { fetchPdf } from '../wire/pdf.js';
import { phoneSought } from '../wire/phones.js';
import { lineOf } from '../wire/settings.js';
import { NOT_FOUND, type VendorAdapter } from '../wire/vendor-crm.js';
import type { IspcubeCatalog } from './catalog.js';
import { accountOf, documentOf, invoicesOf, isPresent, isSuspended, matchOf, numbersOf, profileOf, type Around } from './map.js';
import { addressIn, billRow, connectionRow, customerRow, ignored, rowsIn, sessionRow, type BillRow, type ConnectionRow, type CustomerRow } from './rows.js';
import type { IspcubeSession } from './session.js';
import type { IspcubeSettings } from './settings.js';

/** What questions and orders of one opened adapter share. */
export interface Opened {
  settings: IspcubeSettings;
  deps: CrmDeps;
  session: IspcubeSession;
  catalog: IspcubeCatalog;
}

/** How many spellings of a phone are tried: each is a request that the ISP may have to pay for. */
const SPELLINGS = 3;
/** Digits of a number with its area, without the country's. */
const SHORTEST = 9;
/** Numbers of a legacy installation's customers are their codes: its list cannot be asked for an id. */
const CODE = 'code:';
const PAGE = 50;

async function customersBy({ settings, deps, session }: Opened, filter: Record<string, string>, signal: AbortSignal): Promise<CustomerRow[]> {
  const legacy = settings.login === 'legacy';
  const body = await session.call(legacy
    ? { path: '/customers', query: { page: '1', limit: String(PAGE), q: Object.values(filter)[0] ?? '' }, signal }
    : { path: '/customer', query: { ...filter, deleted: 'false', temporary: 'false' }, signal });
  return rowsIn(body).map((row) => readRow(deps, legacy ? '/customers' : '/customer', customerRow, row, ignored)).filter(isPresent)
    .map((row) => (legacy ? { ...row, id: `${CODE}${row.code ?? ''}` } : row));
}

/** The customer with one of our ids; every row is checked, whatever was asked for. */
export async function customerById(opened: Opened, customer: string, signal: AbortSignal): Promise<CustomerRow | undefined> {
  const code = customer.startsWith(CODE) ? customer.slice(CODE.length) : undefined;
  if (!/^\d{1,12}$/u.test(code ?? customer) || (code === undefined && opened.settings.login === 'legacy')) return undefined;
  const rows = await customersBy(opened, code === undefined ? { customer_id: customer } : { code }, signal);
  return rows.find((row) => (code === undefined ? row.id === customer : row.code === code));
}

const aroundOf = async ({ settings, deps, catalog }: Opened, signal: AbortSignal): Promise<Around> => ({
  currency: deps.currency, country: deps.defaultCountry, plans: settings.login === 'legacy' ? new Map<string, string>() : await catalog.plans(signal),
});

async function matches(opened: Opened, rows: readonly CustomerRow[], signal: AbortSignal): Promise<QueryResult> {
  const around = rows.length === 0 ? undefined : await aroundOf(opened, signal);
  return { ok: true, kind: 'customers', customers: around ? rows.map((row) => matchOf(row, around)) : [] };
}

/** ISPCube compares numbers as they were typed, most often without the country's: that first, and the first spelling that finds somebody ends it. */
async function byPhone(opened: Opened, phone: string, signal: AbortSignal): Promise<QueryResult> {
  const sought = phoneSought(phone, opened.deps.defaultCountry);
  const national = sought.spellings.filter(({ length }) => length >= SHORTEST).toSorted((one, other) => one.length - other.length).slice(0, 1);
  for (const spelling of [...new Set([...national, ...sought.spellings])].slice(0, SPELLINGS)) {
    const found = (await customersBy(opened, { phone_number: spelling }, signal)).filter((row) => sought.isIn(numbersOf(row)));
    if (found.length > 0) return matches(opened, found, signal);
  }
  return matches(opened, [], signal);
}

async function byDocument(opened: Opened, document: string, signal: AbortSignal): Promise<QueryResult> {
  if (isPlaceholderDocument(document)) return matches(opened, [], signal);
  const wanted = bareDocument(document);
  return matches(opened, (await customersBy(opened, { doc_number: wanted }, signal)).filter((row) => documentOf(row) === wanted), signal);
}

/** The last six bills: more ISPCube does not tell of one customer. */
async function billsOf({ deps, session }: Opened, row: CustomerRow, signal: AbortSignal): Promise<BillRow[]> {
  const path = '/bills/bills_last_six_months';
  const body = await session.call({ path, query: { customer_id: row.id }, signal });
  return rowsIn(body).map((one) => readRow(deps, path, billRow, one, ignored)).filter((bill) => bill.customer_id === undefined || bill.customer_id === row.id);
}

async function document(opened: Opened, row: CustomerRow, invoice: string, signal: AbortSignal): Promise<QueryResult> {
  const { deps, settings, session } = opened;
  const bills = await billsOf(opened, row, signal);
  const bill = bills.find(({ id }) => id === invoice);
  if (!bill) return NOT_FOUND;
  const isNewest = invoicesOf(row, bills, deps.currency)[0]?.id === bill.id;
  const last = { path: '/bills/last_bill_api', query: { customer_id: row.id, monthly_bill: 'true', canceled: 'false' }, signal };
  const url = addressIn(bill.url) ?? (isNewest ? addressIn(await session.call(last)) : undefined);
  if (url === undefined) throw new CrmFailure('bad-response', 'the bill has no document');
  const named = { id: bill.id, number: bill.number ?? bill.id };
  return { ok: true, kind: 'document', document: await fetchPdf(deps, lineOf(settings), { url, invoice: named, signal }) };
}

/** A 404 of the Radius call means "not online" as well as "no Radius here": only then is the second one asked about. */
async function isOnline({ deps, session, catalog }: Opened, { ip }: ConnectionRow, signal: AbortSignal): Promise<boolean | undefined> {
  if (ip === undefined) return undefined;
  const body = await session.call({ path: `/radius/online_user/framedipaddress/${encodeURIComponent(ip)}`, signal });
  if (body === undefined) return (await catalog.hasRadius(signal)) ? false : undefined;
  return rowsIn(body).map((row) => readRow(deps, '/radius/online_user', sessionRow, row, ignored)).some((row) => row.framedipaddress === ip);
}

async function connection(opened: Opened, row: CustomerRow, service: string, signal: AbortSignal): Promise<QueryResult> {
  const held = row.connections.find(({ id }) => id === service) ?? (await askConnection(opened, row, service, signal));
  if (!held) return NOT_FOUND;
  if (isSuspended(row)) return { ok: true, kind: 'connection', connection: { status: 'suspended', online: false } };
  const online = await isOnline(opened, held, signal);
  return online === undefined ? { ok: false, reason: 'unsupported' } : { ok: true, kind: 'connection', connection: { status: 'active', online } };
}

/** Some rows of customers come without their connections. */
async function askConnection({ deps, session }: Opened, row: CustomerRow, service: string, signal: AbortSignal): Promise<ConnectionRow | undefined> {
  if (row.connections.length > 0 || !/^\d{1,12}$/u.test(service)) return undefined;
  const body = await session.call({ path: '/connection', query: { connection_id: service }, signal });
  return rowsIn(body).map((one) => readRow(deps, '/connection', connectionRow, one, ignored)).find((one) => one.id === service && one.customer_id === row.id);
}

const INVOICES = 6;

/** What ISPCube answers. In its old form there is one list of customers and nothing else. */
export function ispcubeQueries(opened: Opened): VendorAdapter['queries'] {
  const { settings, deps } = opened;
  type Of<Kind> = Extract<CustomerQuery, { kind: Kind }>;
  const known = <Q extends { customer: string }>(answer: (row: CustomerRow, query: Q, signal: AbortSignal) => Promise<QueryResult>) => (
    async (query: Q, signal: AbortSignal): Promise<QueryResult> => {
      const row = await customerById(opened, query.customer, signal);
      return row ? answer(row, query, signal) : NOT_FOUND;
    });
  const legacy = settings.login === 'legacy';
  const basic: VendorAdapter['queries'] = {
    'by-phone': ({ phone }, signal) => byPhone(opened, phone, signal),
    'by-document': (query, signal) => byDocument(opened, query.document, signal),
    account: known<Of<'account'>>(async (row, _, signal) => ({ ok: true, kind: 'account', account: accountOf(row, legacy ? [] : await billsOf(opened, row, signal), deps.currency) })),
    profile: known<Of<'profile'>>(async (row, _, signal) => ({ ok: true, kind: 'profile', profile: profileOf(row, await aroundOf(opened, signal)) })),
  };
  if (legacy) return basic;
  return {
    ...basic,
    connection: known<Of<'connection'>>((row, { service }, signal) => connection(opened, row, service, signal)),
    invoices: known<Of<'invoices'>>(async (row, { limit }, signal) => (
      { ok: true, kind: 'invoices', invoices: invoicesOf(row, await billsOf(opened, row, signal), deps.currency).slice(0, Math.min(limit, INVOICES)) })),
    'invoice-document': known<Of<'invoice-document'>>((row, { invoice }, signal) => document(opened, row, invoice, signal)),
  };
}
