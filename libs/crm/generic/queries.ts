import type { CountryCode } from 'libphonenumber-js/max';
import { phoneCountryOf } from '../../domain/phone.js';
import type { Account, CustomerQuery, QueryResult } from '../../domain/customers.js';
import { sumOf } from '../../domain/money.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { realDocument } from '../wire/documents.js';
import { invoiceFileName, isPdf } from '../wire/pdf.js';
import { accountOf, connectionOf, documentPlaceOf, invoiceOf, planOf, speedTestOf, type GenericInvoice } from './answers.js';
import { askOnce, askRows, contextOf, customerById, NotThere, readable, rowsIn, serviceOfCustomer, type Asked } from './asking.js';
import { customerOf, matchOf, type GenericCustomer } from './customers.js';
import { fetchDocument } from './exchange.js';
import type { OperationName } from './operations.js';
import { phoneValues } from './phones.js';
import type { TemplateValues } from './template.js';

type Of<K extends CustomerQuery['kind']> = Extract<CustomerQuery, { kind: K }>;

/** Everybody whom a search found and who passes the test; a system may ignore a filter that it does not know. */
async function search(system: Asked, name: OperationName, values: TemplateValues, fits: (customer: GenericCustomer) => boolean, signal: AbortSignal): Promise<QueryResult> {
  let rows: unknown[];
  try {
    rows = await askRows(system, name, values, signal);
  } catch (problem) {
    if (problem instanceof NotThere) return { ok: true, kind: 'customers', customers: [] };
    throw problem;
  }
  const read = rows.map((row) => customerOf(system.description, row, contextOf(system)).value);
  const found = read.filter((one): one is GenericCustomer => one !== undefined && fits(one));
  if (found.length === 0 && read.includes(undefined)) throw new CrmFailure('bad-response'); // it may have been the one who is looked for
  const byId = new Map(found.map((one) => [one.profile.id, one]));
  return { ok: true, kind: 'customers', customers: [...byId.values()].map(matchOf) };
}

const NOBODY: QueryResult = { ok: true, kind: 'customers', customers: [] };

export async function byPhone(system: Asked, { phone }: Of<'by-phone'>, signal: AbortSignal): Promise<QueryResult> {
  const country: CountryCode | undefined = phoneCountryOf(system.deps.defaultCountry);
  const wanted = phoneValues(phone, country);
  return wanted ? search(system, 'findByPhone', wanted.values, ({ phoneKeys }) => phoneKeys.includes(wanted.key), signal) : NOBODY;
}

export async function byDocument(system: Asked, { document }: Of<'by-document'>, signal: AbortSignal): Promise<QueryResult> {
  const wanted = realDocument(document);
  return wanted === undefined ? NOBODY : search(system, 'findByDocument', { document: wanted }, (one) => one.document === wanted, signal);
}

/** As many as are asked of the system where it takes a limit. */
const MOST_INVOICES = 100;

/** A customer's own invoices, of any state, newest first. */
export async function invoicesOf(system: Asked, id: string, limit: number, signal: AbortSignal): Promise<GenericInvoice[]> {
  const rows = await askRows(system, 'invoices', { id, limit: String(limit) }, signal);
  const all = rows.map((row) => readable(invoiceOf(system.description, row, system.deps.currency)));
  const issued = ({ invoice }: GenericInvoice): string => invoice.issuedOn ?? invoice.dueOn;
  return all.filter(({ customer }) => customer === undefined || customer === id).sort((one, other) => issued(other).localeCompare(issued(one)));
}

export async function account(system: Asked, { customer }: Of<'account'>, signal: AbortSignal): Promise<QueryResult> {
  const { operations } = system.description;
  const { profile } = await customerById(system, customer, signal);
  const [all, told] = await Promise.all([
    operations.invoices ? invoicesOf(system, customer, MOST_INVOICES, signal) : [],
    operations.account ? askRows(system, 'account', { id: customer }, signal).then(([row]) => readable(accountOf(system.description, row))) : undefined,
  ]);
  const open = all.map(({ invoice }) => invoice).filter(({ state }) => state === 'open').sort((one, other) => one.dueOn.localeCompare(other.dueOn));
  const currency = open[0]?.amount.currency ?? system.deps.currency;
  const balance = told?.balance ?? sumOf(open.filter(({ amount }) => amount.currency === currency).map(({ amount }) => amount.amount));
  const dueOn = open[0]?.dueOn ?? told?.dueOn;
  const suspended = told?.suspended ?? (profile.status === 'suspended' || profile.services.some(({ status }) => status === 'suspended'));
  const found: Account = {
    balance: { amount: balance, currency }, ...(dueOn === undefined ? {} : { dueOn }), suspended,
    invoices: open.map(({ number, dueOn: due, amount }) => ({ number, dueOn: due, amount })),
  };
  return { ok: true, kind: 'account', account: found };
}

export async function profile(system: Asked, { customer }: Of<'profile'>, signal: AbortSignal): Promise<QueryResult> {
  return { ok: true, kind: 'profile', profile: (await customerById(system, customer, signal)).profile };
}

export async function invoices(system: Asked, { customer, limit }: Of<'invoices'>, signal: AbortSignal): Promise<QueryResult> {
  const all = await invoicesOf(system, customer, limit, signal);
  // Nobody's list is as empty as that of somebody without invoices.
  if (all.length === 0 && system.description.operations.profile) await customerById(system, customer, signal);
  return { ok: true, kind: 'invoices', invoices: all.slice(0, limit).map(({ invoice }) => invoice) };
}

const MOST_DOCUMENT_BYTES = 10 << 20;

async function documentBytes(system: Asked, { invoice, documentUrl }: GenericInvoice, customer: string, signal: AbortSignal): Promise<Uint8Array> {
  if (!system.description.operations.invoiceDocument) {
    if (documentUrl === undefined) throw new NotThere();
    return fetchDocument(system, documentUrl, signal);
  }
  const { verdict, raw } = await askOnce(system, 'invoiceDocument', { id: customer, invoice: invoice.id, 'invoice.number': invoice.number }, signal);
  if (verdict.kind === 'not-found') throw new NotThere();
  if (verdict.kind !== 'answer') throw new CrmFailure(verdict.kind === 'fault' ? verdict.fault : 'bad-response');
  if (verdict.json === undefined) return raw!.body;
  const [row] = rowsIn(system.description.operations.invoiceDocument.list, verdict.json);
  const { url, base64 } = readable(documentPlaceOf(system.description, row));
  if (base64 !== undefined) return Buffer.from(base64.replace(/^data:[^,]*,/u, ''), 'base64');
  if (url === undefined) throw new NotThere();
  return fetchDocument(system, url, signal);
}

export async function invoiceDocument(system: Asked, { customer, invoice: id }: Of<'invoice-document'>, signal: AbortSignal): Promise<QueryResult> {
  const found = (await invoicesOf(system, customer, MOST_INVOICES, signal)).find(({ invoice }) => invoice.id === id);
  if (!found) throw new NotThere();
  const bytes = await documentBytes(system, found, customer, signal);
  if (bytes.length > MOST_DOCUMENT_BYTES || !isPdf(bytes)) throw new CrmFailure('bad-response');
  const { number } = found.invoice;
  return { ok: true, kind: 'document', document: { invoice: { id, number }, fileName: invoiceFileName(number), mimetype: 'application/pdf', bytes } };
}

export async function connection(system: Asked, { customer, service }: Of<'connection'>, signal: AbortSignal): Promise<QueryResult> {
  await serviceOfCustomer(system, customer, service, signal);
  const rows = await askRows(system, 'connection', { id: customer, service }, signal);
  const read = rows.map((row) => readable(connectionOf(system.description, row)));
  const own = read.filter((one) => one.service === undefined || one.service === service);
  if (own.length === 0) throw new NotThere();
  if (own.length > 1) throw new CrmFailure('bad-response'); // which of them is meant, nobody said
  return { ok: true, kind: 'connection', connection: own[0]!.connection };
}

export async function speedTest(system: Asked, { customer, service }: Of<'speed-test'>, signal: AbortSignal): Promise<QueryResult> {
  await serviceOfCustomer(system, customer, service, signal);
  const [row] = await askRows(system, 'speedTest', { id: customer, service }, signal);
  return { ok: true, kind: 'speed-test', test: readable(speedTestOf(system.description, row, new Date(system.deps.now()).toISOString())) };
}

export async function plans(system: Asked, signal: AbortSignal): Promise<QueryResult> {
  const rows = await askRows(system, 'plans', {}, signal);
  return { ok: true, kind: 'plans', plans: rows.map((row) => readable(planOf(system.description, row, system.deps.currency))) };
}
