import type { CrmCapability } from '../crm.js';

/**
 * What a generic system can be told to do, and what becomes of its answers: the tables behind the description language. The screen gets them from the
 * API, so a new operation or field is a line here.
 */

export type FieldKind = 'text' | 'joined' | 'texts' | 'amount' | 'number' | 'date' | 'instant' | 'choice' | 'rows';

export interface FieldSpec {
  kind: FieldKind;
  required?: true;
  /** Of `choice`: our words. */
  choices?: readonly string[];
}

const text: FieldSpec = { kind: 'text' };
const needed: FieldSpec = { kind: 'text', required: true };
const amount: FieldSpec = { kind: 'amount' };
const date: FieldSpec = { kind: 'date' };
const choice = (...choices: string[]): FieldSpec => ({ kind: 'choice', choices });
const must = (field: FieldSpec): FieldSpec => ({ ...field, required: true });

/** What an answer is read into. */
export const entities = {
  system: { version: text },
  customer: {
    id: needed, name: must({ kind: 'joined' }), number: text, document: text, phones: { kind: 'texts' }, email: text, address: { kind: 'joined' },
    status: choice('active', 'suspended', 'cancelled'), services: { kind: 'rows' },
  },
  service: {
    id: needed, plan: needed, address: { kind: 'joined' }, number: text, status: choice('active', 'suspended', 'cancelled'), price: amount, installedOn: date,
    ip: text, onuSerial: text,
  },
  account: { balance: must(amount), dueOn: date, suspended: choice('yes', 'no') },
  invoice: {
    id: needed, number: text, issuedOn: date, dueOn: must(date), amount: must(amount), currency: text, state: must(choice('open', 'paid', 'in-review', 'cancelled')),
    paidOn: date, customer: text, documentUrl: text,
  },
  document: { url: text, base64: text },
  connection: { service: text, status: must(choice('active', 'suspended')), online: must(choice('online', 'offline')), since: { kind: 'instant' }, signalDbm: { kind: 'number' } },
  plan: { name: needed, downMbps: must({ kind: 'number' }), upMbps: must({ kind: 'number' }), price: must(amount), currency: text, description: text },
  speedTest: { downMbps: must({ kind: 'number' }), upMbps: must({ kind: 'number' }), pingMs: { kind: 'number' }, measuredAt: { kind: 'instant' } },
  payment: { reference: needed, id: text, state: choice('valid', 'reversed'), customer: text },
  made: { id: text, reference: text },
} as const satisfies Record<string, Record<string, FieldSpec>>;
export type Entity = keyof typeof entities;
export type FieldOf<E extends Entity> = keyof (typeof entities)[E] & string;

export interface OperationSpec {
  /** What the system can do once this is described; absent for what other operations need. */
  capability?: CrmCapability;
  entity: Entity;
  /** Its answer has rows: `list` says where. */
  list?: true;
  /** It changes something in the system: never tried without a confirmation. */
  changes?: true;
  /** What its templates may use. */
  values: readonly string[];
  /** Operations without which it is not safe. */
  needs?: readonly string[];
  /** Fields of its entity by which rows are checked again, as a system may ignore a filter. */
  checked?: readonly string[];
}

const PHONE = ['phone.e164', 'phone.plus', 'phone.whatsapp', 'phone.national', 'phone.last10', 'phone.last8'] as const;
const PAYMENT = ['id', 'invoice', 'reference'] as const;

export const operations = {
  test: { entity: 'system', values: [] },
  findByPhone: { capability: 'by-phone', entity: 'customer', list: true, values: PHONE, checked: ['phones'] },
  findByDocument: { capability: 'by-document', entity: 'customer', list: true, values: ['document'], checked: ['document'] },
  profile: { capability: 'profile', entity: 'customer', values: ['id'] },
  account: { capability: 'account', entity: 'account', values: ['id'], needs: ['profile'] },
  invoices: { capability: 'invoices', entity: 'invoice', list: true, values: ['id', 'limit'] },
  invoiceDocument: { capability: 'invoice-document', entity: 'document', values: ['id', 'invoice', 'invoice.number'], needs: ['invoices'] },
  connection: { capability: 'connection', entity: 'connection', values: ['id', 'service'], needs: ['profile'] },
  speedTest: { capability: 'speed-test', entity: 'speedTest', values: ['id', 'service', 'task'], needs: ['profile'] },
  plans: { capability: 'plans', entity: 'plan', list: true, values: [] },
  findPayment: { entity: 'payment', list: true, values: PAYMENT },
  pay: {
    capability: 'pay', entity: 'made', changes: true, needs: ['findPayment'],
    values: [...PAYMENT, 'amount', 'currency', 'method', 'paidAt', 'paidAt.date', 'reactivate'],
  },
  reversePayment: { capability: 'reverse-payment', entity: 'made', changes: true, values: [...PAYMENT, 'payment', 'reason'], needs: ['findPayment'] },
  reactivate: { capability: 'reactivate', entity: 'made', changes: true, values: ['id', 'service'], needs: ['profile'] },
  suspend: { capability: 'suspend', entity: 'made', changes: true, values: ['id', 'service'], needs: ['profile'] },
  findTicket: { entity: 'made', list: true, values: ['id', 'reference'] },
  openTicket: { capability: 'open-ticket', entity: 'made', changes: true, values: ['id', 'service', 'subject', 'body', 'reference'] },
  closeTicket: { capability: 'close-ticket', entity: 'made', changes: true, values: ['ticket', 'reason'] },
  findProspect: { entity: 'made', list: true, values: ['reference', ...PHONE] },
  prospect: { capability: 'prospect', entity: 'made', changes: true, values: ['name', ...PHONE, 'email', 'address', 'note', 'reference'] },
} as const satisfies Record<string, OperationSpec>;
export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as OperationName[];

/** A table row as its general type. */
export const operationSpec = (name: OperationName): OperationSpec => operations[name];
export const entitySpec = (entity: Entity): Readonly<Record<string, FieldSpec>> => entities[entity];
