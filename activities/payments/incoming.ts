import type { EntityManager } from '@mikro-orm/postgresql';
import { moneyStateOf, netOf, type MoneyState, type PlatformPayment } from '../../libs/domain/payments/platform-payment.js';
import { lookedAgainDays } from '../../libs/domain/payments/looking-again.js';
import { cents } from '../../libs/domain/money.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import { claimMore, numbersOf } from '../settlements/tying.js';

/** A row of `incoming_payments` that a platform's payment is. */
export interface IncomingRow {
  id: string;
  settlement: string | null;
}

type RowState = 'in' | 'pending' | 'refunded' | 'charged-back' | 'undone';

const states: Record<MoneyState, RowState> = { paid: 'in', 'partly-refunded': 'in', waiting: 'pending', reversed: 'refunded', failed: 'undone' };

export const rowStateOf = (payment: PlatformPayment): RowState => (payment.status === 'charged_back' && moneyStateOf(payment) === 'reversed' ? 'charged-back' : states[moneyStateOf(payment)]);

/** Of a payment that never was, only what is known already is kept. One that is there is asked for again, counted from when it was made. */
const UPSERT = `insert into incoming_payments (company, source, source_id, paid_on, paid_at, amount, currency, payer_name, payer_document, description, state, look_at)
  select c.id, 'mercadopago', p.id, (p.at at time zone c.time_zone)::date, p.at, p.amount, p.currency, p.payer, p.document, p.description, p.state, case when p.state = 'in' then (
      select min(p.at + make_interval(days => day)) from unnest(array[${lookedAgainDays.join(',')}]) day where p.at + make_interval(days => day) > clock_timestamp()) end
    from companies c, (select ?::text id, ?::timestamptz at, ?::numeric amount, ?::text currency, ?::text payer, ?::text document, ?::text description, ?::text state) p where c.id = ?
  on conflict (company, source, source_id) do update set state = excluded.state, look_at = excluded.look_at, amount = excluded.amount, paid_on = excluded.paid_on, paid_at = excluded.paid_at,
    payer_name = coalesce(excluded.payer_name, incoming_payments.payer_name), payer_document = coalesce(excluded.payer_document, incoming_payments.payer_document)
  returning id, settlement`;

/**
 * Keeps what the platform says of a payment to the company's account, and locks its row. Idempotent by the payment's number.
 * @returns undefined for one that failed and was never seen before, or of nothing
 */
export async function keepIncoming(em: EntityManager, company: string, payment: PlatformPayment): Promise<IncomingRow | undefined> {
  if (moneyStateOf(payment) === 'failed') {
    const [known] = await em.execute<IncomingRow[]>(
      `update incoming_payments set state = 'undone', look_at = null where company = ? and source = 'mercadopago' and source_id = ? returning id, settlement`, [company, payment.id]);
    return known;
  }
  if (cents(payment.amount.amount) <= 0n) return undefined;
  const at = payment.approvedAt ?? payment.createdAt;
  // What of it went back proves no receipt of the whole.
  const amount = moneyStateOf(payment) === 'partly-refunded' ? netOf(payment) : payment.amount.amount;
  const [row] = await em.execute<IncomingRow[]>(UPSERT, [
    payment.id, at, amount, payment.amount.currency, payment.payerName ?? null, payment.payerDocument ?? null, payment.method ?? '', rowStateOf(payment), company]);
  for (const reference of payment.references) {
    await em.execute('insert into incoming_references (company, incoming, reference, folded) values (?, ?::uuid, ?, ?) on conflict do nothing', [company, row!.id, reference, foldedReference(reference)]);
  }
  // A number that the platform tells only now belongs to what it settled.
  if (row && row.settlement !== null) await claimMore(em, company, row.settlement, await numbersOf(em, company, row.id));
  return row;
}

/** Receipts that wait for money, or for a person, and whose money this may be. */
export async function receiptsWaitingFor(em: EntityManager, company: string, { amount, references }: Pick<PlatformPayment, 'amount' | 'references'>): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select r.id from receipts r where r.company = ? and r.state in ('waiting', 'review') and (r.amount = ?::numeric
        or exists (select from receipt_references f where f.company = r.company and f.receipt = r.id and f.reference = any(string_to_array(?, ','))))
      order by r.received_at desc limit 50`, [company, amount.amount, references.join(',')]);
  return rows.map(({ id }) => id);
}
