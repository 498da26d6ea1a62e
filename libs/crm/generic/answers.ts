import type { Connection, InvoiceState, InvoiceSummary, Plan, SpeedTest } from '../../domain/customers.js';
import { present, type Mapped } from './customers.js';
import type { GenericDescription } from './description.js';
import type { Entity } from './operations.js';
import { readRow, type MappedRow } from './rows.js';

/** An invoice with what it is checked by and where its document lies. */
export interface GenericInvoice {
  invoice: InvoiceSummary;
  /** Whose it is, where the description says so. */
  customer?: string;
  documentUrl?: string;
}

export interface GenericAccount {
  balance: string;
  dueOn?: string;
  suspended?: boolean;
}

export interface GenericPayment {
  reference: string;
  id?: string;
  customer?: string;
  reversed: boolean;
}

function mapped<E extends Entity, T>(description: GenericDescription, entity: E, row: unknown, at: number | undefined, make: (row: MappedRow<E>) => T): Mapped<T> {
  const read = readRow(description, entity, row, at);
  return { value: read.problems.some(({ fatal }) => fatal) ? undefined : make(read.row), problems: read.problems };
}

export const invoiceOf = (description: GenericDescription, row: unknown, currency: string, at?: number): Mapped<GenericInvoice> =>
  mapped(description, 'invoice', row, at, (read) => present({
    invoice: present({
      id: read.text('id')!, number: read.text('number') ?? read.text('id')!, issuedOn: read.text('issuedOn'), dueOn: read.text('dueOn')!,
      amount: { amount: read.text('amount')!, currency: read.text('currency') ?? currency }, state: read.text('state') as InvoiceState, paidOn: read.text('paidOn'),
    }),
    customer: read.text('customer'), documentUrl: read.text('documentUrl'),
  }) as GenericInvoice);

export const accountOf = (description: GenericDescription, row: unknown): Mapped<GenericAccount> =>
  mapped(description, 'account', row, undefined, (read) => present({
    balance: read.text('balance')!, dueOn: read.text('dueOn'), suspended: read.text('suspended') === undefined ? undefined : read.text('suspended') === 'yes',
  }) as GenericAccount);

/** `service`: whose state it is, where the description says so. Light is told only of a modem that is on. */
export const connectionOf = (description: GenericDescription, row: unknown, at?: number): Mapped<{ connection: Connection; service?: string }> =>
  mapped(description, 'connection', row, at, (read) => {
    const online = read.text('online') === 'online';
    const connection = present({
      status: read.text('status') as Connection['status'], online, since: read.text('since'), signalDbm: online ? read.number('signalDbm') : undefined,
    }) as Connection;
    return present({ connection, service: read.text('service') });
  });

export const planOf = (description: GenericDescription, row: unknown, currency: string, at?: number): Mapped<Plan> =>
  mapped(description, 'plan', row, at, (read) => ({
    name: read.text('name')!, downMbps: read.number('downMbps')!, upMbps: read.number('upMbps')!,
    price: { amount: read.text('price')!, currency: read.text('currency') ?? currency }, description: read.text('description') ?? '',
  }));

export const speedTestOf = (description: GenericDescription, row: unknown, now: string): Mapped<SpeedTest> =>
  mapped(description, 'speedTest', row, undefined, (read) => present({
    downMbps: read.number('downMbps')!, upMbps: read.number('upMbps')!, pingMs: read.number('pingMs'), measuredAt: read.text('measuredAt') ?? now,
  }) as SpeedTest);

export const paymentOf = (description: GenericDescription, row: unknown, at?: number): Mapped<GenericPayment> =>
  mapped(description, 'payment', row, at, (read) => present({
    reference: read.text('reference')!, id: read.text('id'), customer: read.text('customer'), reversed: read.text('state') === 'reversed',
  }) as GenericPayment);

export const madeOf = (description: GenericDescription, row: unknown, at?: number): Mapped<{ id?: string; reference?: string }> =>
  mapped(description, 'made', row, at, (read) => present({ id: read.text('id'), reference: read.text('reference') }) as { id?: string; reference?: string });

export const documentPlaceOf = (description: GenericDescription, row: unknown): Mapped<{ url?: string; base64?: string }> =>
  mapped(description, 'document', row, undefined, (read) => present({ url: read.text('url'), base64: read.text('base64') }) as { url?: string; base64?: string });

export const versionOf = (description: GenericDescription, row: unknown): string | undefined => readRow(description, 'system', row).row.text('version');
