import type { CountryCode } from 'libphonenumber-js/max';
import { maskedDocument, type CustomerMatch, type CustomerProfile, type ServiceProfile } from '../../domain/customers.js';
import { phonesInText } from '../../domain/phone/free-text.js';
import { realDocument } from '../wire/documents.js';
import { streetNumber } from '../street-number.js';
import type { GenericDescription } from './description.js';
import { readRow, type MappedRow, type MappingProblem } from './rows.js';

/** A customer as the description reads it, with what rows are checked by; it is cut to a match or a profile before anybody gets it. */
export interface GenericCustomer {
  profile: CustomerProfile;
  /** Bare; absent for a placeholder. */
  document?: string;
  /** What phones are compared by (`PhoneLine.compare`). */
  phoneKeys: string[];
}

export interface Mapped<T> {
  /** undefined: something is missing without which it cannot be used. */
  value: T | undefined;
  problems: MappingProblem[];
}

/** Leaves out what is undefined. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const PHONE_ENDING_DIGITS = 4;
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

function serviceOf(row: MappedRow<'service'>, customer: MappedRow<'customer'>, currency: string): ServiceProfile {
  const price = row.text('price');
  return present({
    id: row.text('id')!, plan: row.text('plan')!, address: row.text('address') ?? customer.text('address') ?? '',
    status: (row.text('status') ?? customer.text('status') ?? 'active') as ServiceProfile['status'],
    number: row.text('number'), installedOn: row.text('installedOn'), ip: row.text('ip'), onuSerial: row.text('onuSerial'),
    price: price === undefined ? undefined : { amount: price, currency },
  });
}

/** A customer's services: rows within the row, or the row itself in systems that have one row a service. */
function servicesOf(description: GenericDescription, customer: MappedRow<'customer'>, row: unknown, currency: string): Mapped<ServiceProfile[]> {
  if (description.map.service === undefined) return { value: [], problems: [] };
  const rows = description.map.customer?.['services'] === undefined ? [row] : customer.rows('services');
  const read = rows.map((one, at) => readRow(description, 'service', one, at));
  const problems = read.flatMap((one) => one.problems);
  return { value: problems.some(({ fatal }) => fatal) ? undefined : read.map((one) => serviceOf(one.row, customer, currency)), problems };
}

/** Reads a customer's row; only what the port knows comes out of it. */
export function customerOf(description: GenericDescription, row: unknown, context: { country?: CountryCode | undefined; currency: string }, at?: number): Mapped<GenericCustomer> {
  const { row: read, problems: own } = readRow(description, 'customer', row, at);
  const services = servicesOf(description, read, row, context.currency);
  const problems = [...own, ...services.problems.map((one) => (at === undefined ? one : { ...one, row: at }))];
  if (!services.value || own.some(({ fatal }) => fatal)) return { value: undefined, problems };
  const phones = read.texts('phones').map((text) => phonesInText(text, context.country));
  const document = realDocument(read.text('document'));
  const profile = present({
    id: read.text('id')!, name: read.text('name')!, number: read.text('number'), document: document === undefined ? undefined : maskedDocument(document),
    status: (read.text('status') ?? 'unknown') as CustomerProfile['status'], email: read.text('email'), address: read.text('address'),
    phones: phones.flatMap(({ lines, unread }) => [...lines.map(({ e164 }) => e164), ...unread.map(({ written }) => written)]),
    services: services.value,
  }) as CustomerProfile;
  return { value: { profile, phoneKeys: phones.flatMap(({ lines }) => lines.map(({ compare }) => compare)), ...(document === undefined ? {} : { document }) }, problems };
}

/** What a conversation may know of a customer whom it has not identified yet. */
export function matchOf({ profile, phoneKeys }: GenericCustomer): CustomerMatch {
  const services = profile.services.filter(({ status }) => status !== 'cancelled');
  const addresses = [profile.address ?? '', ...services.map(({ address }) => address)];
  return present({
    id: profile.id, name: profile.name, number: profile.number, document: profile.document,
    services: services.map(({ id, plan, address }) => ({ id, plan, address })),
    facts: {
      phoneEndings: [...new Set(phoneKeys.map((key) => key.slice(-PHONE_ENDING_DIGITS)))],
      serviceNumbers: services.flatMap(({ number }) => (number === undefined ? [] : bare(number))),
      streetNumbers: [...new Set(addresses.flatMap((address) => streetNumber(address) ?? []))],
    },
  });
}
