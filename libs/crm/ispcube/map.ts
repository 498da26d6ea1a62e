import { maskedDocument, type Account, type CustomerMatch, type CustomerProfile, type InvoiceSummary, type Money, type ServiceProfile } from '../../domain/customers.js';
import { cents, fromCents } from '../../domain/money.js';
import { streetNumber } from '../street-number.js';
import { realDocument } from '../wire/documents.js';
import { phonesIn } from '../wire/phones.js';
import type { BillRow, ConnectionRow, CustomerRow } from './rows.js';

/** What mapping needs besides the rows. */
export interface Around {
  currency: string;
  /** Whose phone numbers are written without a calling code. */
  country: string;
  /** Names of plans by their ids. */
  plans: ReadonlyMap<string, string>;
}

/** A customer who is there: deleted ones and prospects ("temporary") are answered, too. */
export const isPresent = (row: CustomerRow): boolean => row.deleted_at === undefined && !row.temporary;

/** The document of a row, bare; none for what many rows have. */
export const documentOf = (row: CustomerRow): string | undefined => realDocument(row.doc_number);

export const numbersOf = (row: CustomerRow): (string | undefined)[] => row.phones.map(({ number }) => number);

/** ISPCube writes names in capitals. */
const nameOf = (row: CustomerRow): string => {
  const name = row.name ?? '';
  return name === name.toUpperCase() ? name.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase()) : name;
};

const addressOf = (row: CustomerRow): string => [row.address, row.city?.name].filter((part) => part !== undefined).join(', ');

const serviceOf = (row: CustomerRow, connection: ConnectionRow, plans: Around['plans']) => ({
  id: connection.id,
  plan: plans.get(connection.plan_id ?? '') ?? '',
  address: connection.address ?? addressOf(row),
});

const PHONE_ENDING = 4;

export function matchOf(row: CustomerRow, { country, plans }: Around): CustomerMatch {
  const document = documentOf(row);
  const addresses = [row.address ?? '', ...row.connections.map((connection) => connection.address ?? '')];
  return {
    id: row.id,
    name: nameOf(row),
    ...(row.code === undefined ? {} : { number: row.code }),
    ...(document === undefined ? {} : { document: maskedDocument(document) }),
    services: row.connections.map((connection) => serviceOf(row, connection, plans)),
    facts: {
      phoneEndings: phonesIn(numbersOf(row), country).map((phone) => phone.replace(/\D/gu, '').slice(-PHONE_ENDING)),
      serviceNumbers: row.connections.map((connection) => connection.id),
      streetNumbers: [...new Set(addresses.flatMap((address) => streetNumber(address) ?? []))],
    },
  };
}

export const isSuspended = (row: CustomerRow): boolean => row.block || row.status === 'blocked';

const statusOf = (row: CustomerRow): CustomerProfile['status'] => {
  if (!isPresent(row) || row.status === 'no_service') return 'cancelled';
  if (isSuspended(row)) return 'suspended';
  return row.status === 'enabled' ? 'active' : 'unknown';
};

const serviceProfileOf = (row: CustomerRow, connection: ConnectionRow, plans: Around['plans']): ServiceProfile => ({
  ...serviceOf(row, connection, plans),
  status: isSuspended(row) ? 'suspended' : 'active',
  number: connection.id,
  ...(connection.ip === undefined ? {} : { ip: connection.ip }),
});

export function profileOf(row: CustomerRow, { country, plans }: Around): CustomerProfile {
  const document = documentOf(row);
  const email = (row.contact_emails.find((one) => one.principal) ?? row.contact_emails[0])?.email;
  return {
    id: row.id,
    ...(row.code === undefined ? {} : { number: row.code }),
    name: nameOf(row),
    ...(document === undefined ? {} : { document: maskedDocument(document) }),
    status: statusOf(row),
    phones: phonesIn(numbersOf(row), country),
    ...(email === undefined ? {} : { email }),
    ...(addressOf(row) === '' ? {} : { address: addressOf(row) }),
    services: row.connections.map((connection) => serviceProfileOf(row, connection, plans)),
  };
}

interface Owed {
  bill: BillRow;
  dueOn: string;
  /** What is still owed of it. */
  amount: string;
}

const dueOf = (bill: BillRow): string => bill.due_date1 ?? bill.due_date2 ?? bill.date ?? '';
const byDue = (one: { dueOn: string }, other: { dueOn: string }): number => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0);

/**
 * The bills that make up a debt. ISPCube books payments to the account, so a bill does not say whether it is paid: the oldest debt is paid first,
 * hence what is owed are the newest bills, as many as the debt needs (of the oldest of them perhaps a part).
 */
export function owedOf(bills: readonly BillRow[], debt: string): Owed[] {
  let rest = cents(debt);
  const newestFirst = bills.filter((bill) => !bill.canceled && bill.total !== undefined).map((bill) => ({ bill, dueOn: dueOf(bill) })).sort((one, other) => byDue(other, one));
  return newestFirst.flatMap(({ bill, dueOn }) => {
    const total = cents(bill.total ?? '0');
    if (rest <= 0n || total <= 0n) return [];
    const owed = total < rest ? total : rest;
    rest -= owed;
    return [{ bill, dueOn, amount: fromCents(owed) }];
  }).sort(byDue);
}

const numberOf = (bill: BillRow): string => bill.number ?? bill.id;

export function accountOf(row: CustomerRow, bills: readonly BillRow[], currency: string): Account {
  const owed = owedOf(bills, row.debt ?? '0');
  const money = (amount: string): Money => ({ amount, currency });
  return {
    balance: money(row.debt ?? '0.00'),
    ...(row.duedebt === undefined || cents(row.duedebt) <= 0n ? {} : { overdue: money(row.duedebt) }),
    ...(owed[0] === undefined || owed[0].dueOn === '' ? {} : { dueOn: owed[0].dueOn }),
    invoices: owed.map(({ bill, dueOn, amount }) => ({ number: numberOf(bill), dueOn, amount: money(amount) })),
    suspended: isSuspended(row),
  };
}

/** Newest first. A bill that the debt does not reach is paid; `canceled` is an annulled one. */
export function invoicesOf(row: CustomerRow, bills: readonly BillRow[], currency: string): InvoiceSummary[] {
  const open = new Set(owedOf(bills, row.debt ?? '0').map(({ bill }) => bill.id));
  return bills.flatMap((bill): InvoiceSummary[] => {
    if (bill.total === undefined) return [];
    return [{
      id: bill.id,
      number: numberOf(bill),
      ...(bill.date === undefined ? {} : { issuedOn: bill.date }),
      dueOn: dueOf(bill),
      amount: { amount: bill.total, currency },
      state: bill.canceled ? 'cancelled' : open.has(bill.id) ? 'open' : 'paid',
    }];
  }).sort((one, other) => byDue(other, one));
}
