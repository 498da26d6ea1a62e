import {
  maskedDocument, type Account, type Connection, type CustomerMatch, type CustomerProfile, type InvoiceState, type InvoiceSummary, type Money,
} from '../../domain/customers.js';
import { sumOf } from '../../domain/money.js';
import { streetNumber } from '../street-number.js';
import { CrmFailure } from '../wire/crm-failure.js';
import { bareDocument, isPlaceholderDocument } from '../wire/documents.js';
import { phonesIn } from '../wire/phones.js';
import type { ClientRow, InvoiceRow, ServiceRow } from './rows.js';

/** Both fields, each of which may hold several numbers. */
export const numbersOf = ({ movil, telefono }: ClientRow): (string | undefined)[] => [movil, telefono];

/** The document of a row, bare; none for what many rows have. */
export const documentOf = ({ cedula = '' }: ClientRow): string | undefined => (isPlaceholderDocument(cedula) ? undefined : bareDocument(cedula));

/** MikroWisp's users write names in capitals, as often as not. */
function nameOf({ nombre = '' }: ClientRow): string {
  return nombre === nombre.toUpperCase() ? nombre.toLowerCase().replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase()) : nombre;
}

export function statusOf({ estado = '' }: ClientRow): CustomerProfile['status'] {
  const states: Record<string, CustomerProfile['status']> = { ACTIVO: 'active', SUSPENDIDO: 'suspended', RETIRADO: 'cancelled' };
  return states[estado.toUpperCase()] ?? 'unknown';
}

const summaryOf = (row: ClientRow, service: ServiceRow) =>
  ({ id: service.id, plan: service.perfil ?? '', address: service.direccion ?? row.direccion_principal ?? '' });

const PHONE_ENDING = 4;

/** No numbers of services among the facts: MikroWisp counts them up, and prints them on no invoice. */
export function matchOf(row: ClientRow, country: string): CustomerMatch {
  const document = documentOf(row);
  const addresses = [row.direccion_principal, ...row.services.map(({ direccion }) => direccion)];
  return {
    id: row.id,
    name: nameOf(row),
    number: row.id,
    ...(document === undefined ? {} : { document: maskedDocument(document) }),
    services: row.services.map((service) => summaryOf(row, service)),
    facts: {
      phoneEndings: phonesIn(numbersOf(row), country).map((phone) => phone.replace(/\D/gu, '').slice(-PHONE_ENDING)),
      serviceNumbers: [],
      streetNumbers: [...new Set(addresses.flatMap((address) => streetNumber(address ?? '') ?? []))],
    },
  };
}

export function profileOf(row: ClientRow, country: string, currency: string): CustomerProfile {
  const document = documentOf(row);
  const status = statusOf(row);
  return {
    id: row.id,
    number: row.id,
    name: nameOf(row),
    ...(document === undefined ? {} : { document: maskedDocument(document) }),
    status,
    phones: phonesIn(numbersOf(row), country),
    ...(row.correo === undefined ? {} : { email: row.correo }),
    ...(row.direccion_principal === undefined ? {} : { address: row.direccion_principal }),
    services: row.services.map((service) => ({
      ...summaryOf(row, service),
      status: status === 'unknown' ? 'active' : status,
      ...(service.costo === undefined ? {} : { price: { amount: service.costo, currency } }),
      ...(service.instalado === undefined ? {} : { installedOn: service.instalado }),
      ...(service.ip === undefined ? {} : { ip: service.ip }),
      ...(service.onu_sn === undefined ? {} : { onuSerial: service.onu_sn }),
    })),
  };
}

/** MikroWisp switches customers, not services. @throws CrmFailure where it does not tell who is online */
export function connectionOf(row: ClientRow, service: ServiceRow): Connection {
  if (service.status_user === undefined) throw new CrmFailure('bad-response', 'GetClientsDetails.servicios: status_user');
  return { status: statusOf(row) === 'active' ? 'active' : 'suspended', online: service.status_user.toUpperCase() === 'ONLINE' };
}

/** By the words of rows and the numbers of filters; undefined for a word that nobody has seen. */
export function stateOf({ estado = '', fechapago }: InvoiceRow): InvoiceState | undefined {
  if (/^1$|no pagad|pendiente|vencid|impag/iu.test(estado)) return 'open';
  if (/^2$|anulad|cancelad/iu.test(estado)) return 'cancelled';
  return /^0$|pagad/iu.test(estado) || fechapago !== undefined ? 'paid' : undefined;
}

/** The legal number, where there is one: "0" and "" are none. */
const numberOf = ({ legal, id }: InvoiceRow): string => (legal === undefined || /^0*$/u.test(legal) ? id : legal);

export function invoiceOf(row: InvoiceRow, currency: string): InvoiceSummary | undefined {
  const state = stateOf(row);
  if (state === undefined || row.total === undefined || row.vencimiento === undefined) return undefined;
  return {
    id: row.id,
    number: numberOf(row),
    ...(row.emitido === undefined ? {} : { issuedOn: row.emitido }),
    dueOn: row.vencimiento,
    amount: { amount: row.total, currency },
    state,
    ...(state === 'paid' && row.fechapago !== undefined ? { paidOn: row.fechapago } : {}),
  };
}

export function accountOf(row: ClientRow, invoices: readonly InvoiceSummary[], currency: string): Account {
  const open = invoices.filter(({ state }) => state === 'open').toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
  const balance: Money = { amount: row.owed ?? sumOf(open.map(({ amount }) => amount.amount)), currency };
  return {
    balance,
    ...(open[0] === undefined ? {} : { dueOn: open[0].dueOn }),
    invoices: open.map(({ number, dueOn, amount }) => ({ number, dueOn, amount })),
    suspended: statusOf(row) === 'suspended',
  };
}
