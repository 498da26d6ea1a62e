import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { ReceiptState } from '../../../libs/domain/receipt/case.js';
import type { ReadReceipt } from '../../../libs/domain/receipt/receipt.js';

/** A receipt's row, as its workflow leaves it: for specs of what screens read. */
export interface NewReceiptRow {
  state?: ReceiptState;
  customer?: string;
  customerName?: string;
  contact?: string;
  amount?: string;
  payerName?: string;
  reference?: string;
  reasons?: readonly string[];
  comparisons?: readonly { code: string; verdict: string }[];
  earlier?: object;
  sha256?: string;
  receivedAt?: Date;
  read?: Partial<ReadReceipt>;
}

/** @param client a superuser's connection. @returns its id */
export async function addReceipt(client: pg.Client | pg.Pool, company: string, given: NewReceiptRow = {}): Promise<string> {
  const id = randomUUID();
  const { state = 'review', customer, customerName, contact, amount = '24900.00', payerName = 'GONZALEZ PABLO', reference = '661022984471', reasons = [], comparisons = [] } = given;
  const read: ReadReceipt = {
    isReceipt: true, issuer: 'galicia', kind: 'transfer', state: 'completed', amount: { amount, currency: 'ARS' }, paidAt: { on: '2026-11-18', at: '20:47' }, payer: { name: payerName },
    beneficiary: { name: 'LITORAL FIBRA SRL', account: '0070334412345678891203' }, references: [{ type: 'operation', value: reference }],
    confidence: { amount: 0.99, paidAt: 0.97, reference: 0.96, payerName: 0.88, beneficiaryAccount: 0.93 }, ...given.read,
  };
  await client.query(
    `insert into receipts (company, id, source, state, customer, customer_name, contact, amount, currency, issuer, payer_name, paid_on, read, read_by, reasons, comparisons, earlier, sha256, size, mimetype,
        file_name, received_at, policy)
      values ($1, $2, 'panel', $3, $4, $5, $6, $7, 'ARS', 'galicia', $8, '2026-11-18', $9, 'characters', $10, $11, $12, $13, 100, 'image/png', 'pago.png', coalesce($14, clock_timestamp()), '{}')`,
    [company, id, state, customer ?? null, customerName ?? null, contact ?? null, amount, payerName, JSON.stringify(read), reasons, JSON.stringify(comparisons),
      given.earlier ? JSON.stringify(given.earlier) : null, given.sha256 ?? null, given.receivedAt ?? null]);
  await client.query('insert into receipt_references (company, receipt, reference, folded) values ($1, $2, $3, $3)', [company, id, reference]);
  await client.query(`insert into receipt_events (company, receipt, kind) values ($1, $2, 'received')`, [company, id]);
  return id;
}
