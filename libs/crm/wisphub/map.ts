import { maskedDocument, type Account, type CustomerMatch, type CustomerProfile, type InvoiceState, type InvoiceSummary, type Plan, type ServiceProfile } from '../../domain/customers.js';
import { cents, sumOf } from '../../domain/money.js';
import { streetNumber } from '../street-number.js';
import { realDocument } from '../wire/documents.js';
import { phonesIn } from '../wire/phones.js';
import type { ClientRow, InvoiceRow } from './rows.js';

/** A person: all their rows, the one with the lowest number first, which also names them in calls. */
export type Person = [ClientRow, ...ClientRow[]];

export const documentOf = (row: ClientRow): string | undefined => realDocument(row.cedula);

/** Rows of one document are one person's; without a document, those of one user of the portal. */
export function peopleIn(rows: readonly ClientRow[]): Person[] {
  const people = new Map<string, ClientRow[]>();
  for (const row of rows.toSorted((one, other) => Number(one.id_servicio) - Number(other.id_servicio))) {
    const document = documentOf(row);
    const key = document === undefined ? `user ${row.usuario ?? row.id_servicio}` : `document ${document}`;
    people.set(key, [...(people.get(key) ?? []), row]);
  }
  return [...people.values()] as Person[];
}

/** The users of the portal that a person has: accounts and invoices are theirs. */
export const usersOf = (person: Person): Set<string> => new Set(person.flatMap(({ usuario }) => usuario ?? []));

export const idOf = (person: Person): string => person[0].id_servicio;

const isHeld = ({ estado }: ClientRow): boolean => estado !== 'Cancelado';
const addressOf = (row: ClientRow): string => [row.direccion, row.localidad, row.ciudad].filter((part) => part !== undefined).join(', ');
const serviceOf = (row: ClientRow) => ({ id: row.id_servicio, plan: row.plan_internet?.nombre ?? '', address: addressOf(row) });
const phonesOf = (person: Person, country: string): string[] => phonesIn(person.map(({ telefono }) => telefono), country);

const PHONE_ENDING = 4;

export function matchOf(person: Person, country: string): CustomerMatch {
  const [first] = person;
  const document = documentOf(first);
  const held = person.filter(isHeld);
  return {
    id: idOf(person),
    name: first.nombre ?? '',
    ...(first.usuario === undefined ? {} : { number: first.usuario }),
    ...(document === undefined ? {} : { document: maskedDocument(document) }),
    services: held.map(serviceOf),
    facts: {
      phoneEndings: phonesOf(person, country).map((phone) => phone.replace(/\D/gu, '').slice(-PHONE_ENDING)),
      serviceNumbers: held.map(({ id_servicio: number }) => number),
      streetNumbers: [...new Set(held.flatMap(({ direccion }) => streetNumber(direccion ?? '') ?? []))],
    },
  };
}

export const isSuspended = ({ estado }: ClientRow): boolean => estado === 'Suspendido';

const serviceStatus = (row: ClientRow): ServiceProfile['status'] => (isSuspended(row) ? 'suspended' : isHeld(row) ? 'active' : 'cancelled');

function statusOf(person: Person): CustomerProfile['status'] {
  const states = new Set(person.map(({ estado }) => estado));
  if (states.has('Suspendido')) return 'suspended';
  if (states.has('Activo') || states.has('Gratis')) return 'active';
  return states.has('Cancelado') ? 'cancelled' : 'unknown';
}

const present = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> => (value === undefined ? {} : ({ [name]: value } as Record<K, V>));

const serviceProfileOf = (row: ClientRow, currency: string): ServiceProfile => ({
  ...serviceOf(row),
  status: serviceStatus(row),
  number: row.id_servicio,
  ...present('price', row.precio_plan === undefined ? undefined : { amount: row.precio_plan, currency }),
  ...present('installedOn', row.fecha_instalacion),
  ...present('ip', row.ip),
  ...present('onuSerial', row.sn_onu),
});

export function profileOf(person: Person, country: string, currency: string): CustomerProfile {
  const [first] = person;
  const document = documentOf(first);
  return {
    id: idOf(person),
    ...present('number', first.usuario),
    name: first.nombre ?? '',
    ...present('document', document === undefined ? undefined : maskedDocument(document)),
    status: statusOf(person),
    phones: phonesOf(person, country),
    ...present('email', first.email),
    ...(addressOf(first) === '' ? {} : { address: addressOf(first) }),
    services: person.map((row) => serviceProfileOf(row, currency)),
  };
}

/** An invoice that is not paid. */
export interface Owed {
  number: string;
  dueOn: string;
  amount: string;
}

/**
 * What is owed: the pending invoices and, of each user of the portal once, the `saldo` that is carried over. Measured by an integration: a short
 * payment closes its invoice and leaves the rest there, so that the invoices alone would hide it.
 */
export function accountOf(person: Person, owed: readonly Owed[], currency: string): Account {
  const carried = new Map(person.map((row) => [row.usuario ?? row.id_servicio, row.saldo ?? '0']));
  const byDue = owed.toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0));
  const [first] = byDue;
  return {
    balance: { amount: sumOf([...carried.values(), ...owed.map(({ amount }) => amount)]), currency },
    ...(first === undefined || first.dueOn === '' ? {} : { dueOn: first.dueOn }),
    invoices: byDue.map(({ number, dueOn, amount }) => ({ number, dueOn, amount: { amount, currency } })),
    suspended: person.some(isSuspended),
  };
}

const plain = (words: string | undefined): string => (words ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** An unknown state is open: nothing is shown as paid that may not be. */
export function stateOf({ estado }: InvoiceRow): InvoiceState {
  const said = plain(estado);
  if (said.startsWith('pagad')) return 'paid';
  if (said.includes('revision')) return 'in-review';
  return said.startsWith('cancelad') || said.startsWith('transferid') ? 'cancelled' : 'open';
}

export const numberOf = (row: InvoiceRow): string => row.folio ?? row.id_factura;

export function invoiceOf(row: InvoiceRow, currency: string): InvoiceSummary[] {
  if (row.total === undefined) return [];
  const state = stateOf(row);
  return [{
    id: row.id_factura,
    number: numberOf(row),
    ...present('issuedOn', row.fecha_emision),
    dueOn: row.fecha_vencimiento ?? row.fecha_emision ?? '',
    amount: { amount: row.total, currency },
    state,
    ...(state === 'paid' ? present('paidOn', row.fecha_pago) : {}),
  }];
}

/** "300M" → 300, "10240k" → 10, "1G" → 1000; undefined for what is no speed. RouterOS writes them so. */
export function mbpsOf(written: string | undefined): number | undefined {
  const [, size, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:bps|bit\/s)?$/iu.exec((written ?? '').trim()) ?? [];
  if (size === undefined) return undefined;
  const mbps = Number(size) * ({ k: 0.001, m: 1, g: 1_000, '': 0.000_001 }[unit.toLowerCase()] ?? 1);
  return Math.round(mbps * 100) / 100;
}

export function planOf(row: { nombre?: string; precio?: string; bajada?: string; subida?: string; descripcion?: string }, currency: string): Plan | undefined {
  const [downMbps, upMbps] = [mbpsOf(row.bajada), mbpsOf(row.subida)];
  if (row.nombre === undefined || row.precio === undefined || cents(row.precio) < 0n || downMbps === undefined || upMbps === undefined) return undefined;
  return { name: row.nombre, downMbps, upMbps, price: { amount: row.precio, currency }, description: row.descripcion ?? '' };
}
