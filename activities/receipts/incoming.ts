import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../../libs/db/text-array.js';
import type { ReceiptCorrection } from '../../libs/domain/receipt/case.js';
import { corrected } from '../../libs/domain/receipt/correct.js';
import type { Evidence } from '../../libs/domain/receipt/evidence.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { confirm, sharesNumber, type IncomingPayment } from '../../libs/domain/receipt/statement.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import { moneyKeys } from '../../libs/domain/settlement/settlement.js';
import type { IncomingSearch } from '../payments/searching.js';
import type { ReceiptRow } from './receipt-rows.js';

/** What the bank's statements and the platform say of a receipt's payment. */
export interface Confirmed extends Pick<Evidence, 'verified' | 'settled' | 'onlyByPayer'> {
  /** The payment that confirms it and is free: row of `incoming_payments`, and what the platform calls it. */
  incoming?: { id: string; platformId?: string };
  /** The settlement that has its payment. */
  settlement?: string;
}

interface PaymentRow {
  id: string;
  source: 'statement' | 'mercadopago';
  source_id: string;
  on: string;
  amount: string;
  currency: string;
  payer: string | null;
  document: string | null;
  state: 'in' | 'pending' | 'refunded' | 'charged-back' | 'undone';
  references: string[];
  settlement: string | null;
  receipt: string | null;
  customer: string | null;
}

interface Holder {
  settlement: string;
  receipt: string | null;
  customer: string;
}

/** A statement that nobody has put up for so long is no source that may still say something. */
const STATEMENTS_FOR_DAYS = 45;

const PAYMENTS = `select i.id, i.source, i.source_id, to_char(i.paid_on, 'YYYY-MM-DD') "on", i.amount::text, i.currency, i.payer_name payer, i.payer_document document, i.state,
    array(select f.reference from incoming_references f where f.company = i.company and f.incoming = i.id) "references", s.id settlement, s.receipt, s.customer
  from incoming_payments i left join settlements s on s.company = i.company and s.id = i.settlement and s.state not in ('reversed', 'given-up')
  where i.company = ? and (
    exists (select from incoming_references f where f.company = i.company and f.incoming = i.id and f.folded = any(?::text[]))
    or (i.amount = ?::numeric and i.currency = ? and i.paid_on between ?::date - 1 and ?::date + 4))
  order by i.paid_on, i.id limit 200`;

/** Settled for something else than receipts: no receipt's id, so that it is free for none. */
const TAKEN = 'taken';

const paymentOf = (row: PaymentRow, currency: string): IncomingPayment => ({
  id: row.id, on: row.on, amount: row.amount, references: row.references,
  ...(row.payer === null ? {} : { payerName: row.payer }), ...(row.document === null ? {} : { payerDocument: row.document }),
  // What went back again, or is of other money, is known and confirms nothing.
  ...(row.state !== 'in' || row.currency !== currency ? { settles: TAKEN } : row.settlement === null ? {} : { settles: row.receipt ?? TAKEN }),
});

/**
 * Whether money came in that is this receipt's, and whether it was settled before. Takes place in the transaction that judges: what another one
 * settles meanwhile, `openSettlement` finds.
 */
export async function confirmedBy(em: EntityManager, company: string, row: ReceiptRow, known: ReadReceipt, customer: string | undefined, platform: IncomingSearch): Promise<Confirmed> {
  const holder = await holderOf(em, company, known);
  if (holder) return { verified: 'mismatch', ...settledBy(holder, customer) };
  const { amount, paidAt } = known;
  const numbers = tellingReferences(known);
  const rows = amount ? await em.execute<PaymentRow[]>(PAYMENTS, [company, textArray(numbers.map(foldedReference)), amount.amount, amount.currency, paidAt?.on ?? null, paidAt?.on ?? null]) : [];
  const confirmation = confirm(known, rows.filter(({ state }) => state !== 'pending').map((one) => paymentOf(one, amount!.currency)), row.id);
  if (confirmation.result === 'not-yet') return { verified: platform === 'no-source' && !(await hasStatements(em, company)) ? 'no-source' : 'not-yet' };
  const payment = rows.find(({ id }) => id === confirmation.payment)!;
  if (confirmation.result === 'mismatch') {
    return { verified: 'mismatch', ...(payment.settlement === null || payment.receipt === row.id ? {} : settledBy({ settlement: payment.settlement, receipt: payment.receipt, customer: payment.customer! }, customer)) };
  }
  const other = payment.settlement === null ? await acceptedFor(em, company, row, payment, amount!.currency) : undefined;
  if (other) return { verified: 'mismatch', ...settledBy(other, customer) };
  const isNumbered = sharesNumber(known, payment);
  return { verified: 'confirmed', ...(!isNumbered && { onlyByPayer: true }), incoming: { id: payment.id, ...(payment.source === 'mercadopago' && { platformId: payment.source_id }) } };
}

const settledBy = ({ settlement, customer }: Holder, mine: string | undefined): Pick<Confirmed, 'settled' | 'settlement'> =>
  ({ settled: customer === mine ? 'customer' : 'other', settlement });

/** The link's settlement that has a number of this receipt; that another receipt has it, `earlierOf` tells. */
async function holderOf(em: EntityManager, company: string, known: ReadReceipt): Promise<Holder | undefined> {
  const keys = tellingReferences(known).map(moneyKeys.reference);
  const [holder] = await em.execute<Holder[]>(
    `select s.id settlement, s.receipt, s.customer from money_keys k join settlements s on s.company = k.company and s.id = k.settlement
      where k.company = ? and k.key = any(?::text[]) and s.receipt is null and s.state not in ('reversed', 'given-up') limit 1`, [company, textArray(keys)]);
  return holder;
}

/** A receipt that a person accepted before the bank said anything, and that this payment is: what comes now is not a second one. */
async function acceptedFor(em: EntityManager, company: string, row: ReceiptRow, payment: PaymentRow, currency: string): Promise<Holder | undefined> {
  const accepted = await em.execute<(Holder & { receipt: string; read: ReadReceipt; correction: ReceiptCorrection | null })[]>(
    `select s.id settlement, r.id receipt, s.customer, r.read, r.correction from receipts r join settlements s on s.company = r.company and s.id = r.settlement
      where r.company = ? and r.id <> ?::uuid and r.state = 'accepted' and s.incoming is null and r.read is not null and s.amount = ?::numeric
        and s.state not in ('reversed', 'given-up') and not exists (select from incoming_payments i where i.company = s.company and i.settlement = s.id)
        and s.paid_at between ?::date - 6 and ?::date + 6 limit 50`, [company, row.id, payment.amount, payment.on, payment.on]);
  return accepted.find(({ receipt, read, correction }) => confirm(corrected(read, correction ?? {}, currency), [paymentOf(payment, currency)], receipt).result === 'confirmed');
}

async function hasStatements(em: EntityManager, company: string): Promise<boolean> {
  const rows = await em.execute<object[]>(
    `select 1 from incoming_payments where company = ? and source = 'statement' and seen_at > clock_timestamp() - interval '${STATEMENTS_FOR_DAYS} days' limit 1`, [company]);
  return rows.length > 0;
}
