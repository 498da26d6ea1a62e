import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../../libs/domain/errors.js';
import type { Manner } from '../../libs/domain/conversation/format.js';
import type { ReceiptCorrection, ReceiptEventKind, ReceiptSource, ReceiptState } from '../../libs/domain/receipt/case.js';
import type { Comparison, ComparisonCode } from '../../libs/domain/receipt/compare.js';
import { corrected, unread } from '../../libs/domain/receipt/correct.js';
import type { ReadReceipt, ReceiptCountry } from '../../libs/domain/receipt/receipt.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';

export interface ReceiptRow {
  id: string;
  source: ReceiptSource;
  conversation: string | null;
  message: string | null;
  step: string | null;
  contact: string | null;
  state: ReceiptState;
  customer: string | null;
  customer_name: string | null;
  invoice: string | null;
  invoice_number: string | null;
  method: string | null;
  sha256: string | null;
  mimetype: string | null;
  fault: string | null;
  /** Hex. */
  print: string | null;
  read: ReadReceipt | null;
  correction: ReceiptCorrection | null;
  comparisons: Comparison[];
  reasons: ComparisonCode[];
  earlier: FoundEarlier | null;
  weight: number;
  decided_by: 'policy' | 'person' | null;
  decided_why: string | null;
  settlement: string | null;
  last_command: string | null;
  /** ISO instants: when it came, and when it was read. */
  received: string;
  read_at: string | null;
}

/** Column `earlier`: what it was found to repeat, and which one it was asked for in place of. */
export interface FoundEarlier {
  file?: { receipt: string };
  reference?: { receipt: string };
  picture?: { receipt: string };
  confusable?: { receipt: string };
  /** Whose payment, that nothing proves, may be this one's. */
  alike?: { receipt: string };
  /** The receipt of which a better picture was asked for. */
  follows?: string;
  /** The settlement that its payment has already. */
  settlement?: string;
}

const SELECT = `select r.id, r.source, r.conversation, r.message::text, r.step, r.contact, r.state, r.customer, r.customer_name, r.invoice, r.invoice_number,
    r.method, r.sha256, r.mimetype, r.fault, encode(r.print, 'hex') print, r.read, r.correction, r.comparisons, r.reasons, r.earlier, r.weight, r.decided_by,
    r.decided_why, r.settlement, r.last_command, to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') received,
    (select to_char(min(e.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from receipt_events e
      where e.company = r.company and e.receipt = r.id and e.kind = 'read') read_at
  from receipts r where r.company = ? and r.id = ?::uuid`;

/** @throws DomainError `receipt-unknown` */
export async function receiptRow(em: EntityManager, { company, receipt }: ReceiptRef): Promise<ReceiptRow> {
  const row = await findReceipt(em, { company, receipt });
  if (!row) throw new DomainError('receipt-unknown');
  return row;
}

export async function findReceipt(em: EntityManager, { company, receipt }: ReceiptRef): Promise<ReceiptRow | undefined> {
  const [row] = await em.execute<ReceiptRow[]>(SELECT, [company, receipt]);
  return row;
}

/** Holds the row until the transaction ends. @throws DomainError `receipt-unknown` */
export async function lockReceipt(em: EntityManager, { company, receipt }: ReceiptRef): Promise<ReceiptRow> {
  await em.execute('select from receipts where company = ? and id = ?::uuid for no key update', [company, receipt]);
  return receiptRow(em, { company, receipt });
}

export interface ReceiptEvent {
  kind: ReceiptEventKind;
  by?: { user: string; name: string };
  /** Ids and codes, and what a person wrote. */
  data?: object;
}

export const addReceiptEvent = (em: EntityManager, { company, receipt }: ReceiptRef, { kind, by, data }: ReceiptEvent): Promise<unknown> =>
  em.execute('insert into receipt_events (company, receipt, kind, by_user, by_name, data) values (?, ?::uuid, ?, ?::uuid, ?, ?::jsonb)', [
    company, receipt, kind, by?.user ?? null, by?.name ?? null, JSON.stringify(data ?? {}),
  ]);

/** What is known of its payment now: as it was read, and what people set right over it. */
export const knownOf = ({ read, correction }: Pick<ReceiptRow, 'read' | 'correction'>, { currency }: Manner): ReadReceipt => corrected(read ?? unread, correction ?? {}, currency);

export interface CompanyFacts extends Manner {
  name: string;
}

export async function companyFacts(em: EntityManager, company: string): Promise<CompanyFacts> {
  const [facts] = await em.execute<CompanyFacts[]>('select name, time_zone "timeZone", locale, currency from companies where id = ?', [company]);
  if (!facts) throw new Error('No such company');
  return facts;
}

const countries: Readonly<Record<string, ReceiptCountry>> = { ARS: 'AR', MXN: 'MX', PEN: 'PE', COP: 'CO', USD: 'EC', CLP: 'CL' };

/** Where a company is, as far as that settles what a receipt leaves open: by its money. */
export const countryOfCompany = ({ currency }: Manner): ReceiptCountry => countries[currency] ?? 'AR';
