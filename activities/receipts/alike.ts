import type { EntityManager } from '@mikro-orm/postgresql';
import type { Comparison, ComparisonCode } from '../../libs/domain/receipt/compare.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import type { ReceiptRow } from './receipt-rows.js';

/** A payment that stands, that nothing proves, and that may be this receipt's under another of its numbers. */
export interface Alike {
  settlement: string;
  receipt: string;
}

/** Clocks and zones of banks differ by so many days. */
const NEAR_DAYS = 1;

/**
 * The payment of the same customer, amount and day that was accepted without a source: one payment may have two numbers, of which no picture shows
 * both. From here on, until the transaction ends, nobody else settles a receipt of this customer: of two at once the second sees the first.
 */
export async function alikeTo(em: EntityManager, company: string, row: ReceiptRow, { amount, paidAt }: ReadReceipt, customer: string | undefined): Promise<Alike | undefined> {
  if (customer === undefined || amount === undefined) return undefined;
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 25))', [`${company}/${customer}`]);
  const [alike] = await em.execute<Alike[]>(
    `select s.id settlement, s.receipt from settlements s join companies c on c.id = s.company
      where s.company = ? and s.customer = ? and s.amount = ?::numeric and s.currency = ? and s.receipt <> ?::uuid and s.incoming is null
        and s.state not in ('reversed', 'given-up') and not exists (select from incoming_payments i where i.company = s.company and i.settlement = s.id)
        and abs((s.paid_at at time zone c.time_zone)::date - coalesce(?::date, (?::timestamptz at time zone c.time_zone)::date)) <= ${NEAR_DAYS}
      order by s.opened_at limit 1`, [company, customer, amount.amount, amount.currency, row.id, paidAt?.on ?? null, row.received]);
  return alike;
}

/** Shows it with the receipt, as the next weighing would: whoever looked before did not know. */
export async function showAlike(em: EntityManager, { company, receipt }: ReceiptRef, { receipt: other }: Alike): Promise<void> {
  const code: ComparisonCode = 'payment-alike';
  const comparison: Comparison = { code, verdict: 'bad' };
  await em.execute(
    `update receipts set comparisons = comparisons || ?::jsonb, reasons = reasons || ?::text, earlier = coalesce(earlier, '{}') || ?::jsonb, version = version + 1
      where company = ? and id = ?::uuid and not comparisons @> ?::jsonb`,
    [JSON.stringify([comparison]), code, JSON.stringify({ alike: { receipt: other } }), company, receipt, JSON.stringify([{ code }])]);
}
