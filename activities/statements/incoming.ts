import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../../libs/db/text-array.js';
import type { ReceiptCorrection } from '../../libs/domain/receipt/case.js';
import { corrected } from '../../libs/domain/receipt/correct.js';
import type { IncomingPayment } from '../../libs/domain/receipt/statement.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { OpenReceipt } from '../../libs/domain/statement/effects.js';
import { dayFrom, present } from '../customer-book/rows.js';

interface Row {
  id: string;
  on: string;
  amount: string;
  references: string[];
  payerName: string | null;
  payerDocument: string | null;
  settles: string | null;
}

/** A settlement of a link settles no receipt, and its money is taken all the same. */
const NO_RECEIPT = 'link';

/** What came in and shares a number or the amount with one of these receipts; `settles` is the receipt that it was taken for. */
export async function incomingLike(em: EntityManager, company: string, receipts: readonly OpenReceipt[]): Promise<IncomingPayment[]> {
  const amounts = receipts.flatMap(({ read }) => read.amount?.amount ?? []);
  const folded = receipts.flatMap(({ read }) => tellingReferences(read).map(foldedReference));
  const rows = await em.execute<Row[]>(
    `select i.id, i.paid_on::text as on, i.amount::text, i.payer_name as "payerName", i.payer_document as "payerDocument",
        (select coalesce(json_agg(f.reference), '[]') from incoming_references f where f.company = i.company and f.incoming = i.id) as references,
        case when i.settlement is not null then coalesce(s.receipt::text, '${NO_RECEIPT}') end as settles
      from incoming_payments i left join settlements s on s.company = i.company and s.id = i.settlement
      where i.company = ? and i.state = 'in' and (i.amount = any(?::numeric[])
        or i.id in (select incoming from incoming_references where company = ? and folded = any(?::text[])))
      order by i.paid_on, i.id`, [company, textArray(amounts), company, textArray(folded)]);
  return rows.map(({ on, ...row }) => ({ ...(present(row) as Omit<IncomingPayment, 'on'>), on: dayFrom(on) }));
}

export interface OpenReceiptRow extends OpenReceipt {
  state: string;
  customerName: string | null;
  amount: string | null;
  /** Of one that was accepted without anything that proves it. */
  settlement: string | null;
}

/** More than a company has open; the newest count. */
const MOST = 2_000;

/** Receipts that wait for money or for a person, and those that were accepted without anything that proves them. */
export async function openReceipts(em: EntityManager, company: string): Promise<OpenReceiptRow[]> {
  const rows = await em.execute<(OpenReceiptRow & { correction: ReceiptCorrection | null; currency: string })[]>(
    `select r.id, r.read, r.correction, c.currency, r.state, r.customer_name as "customerName", r.amount::text, s.id as settlement from receipts r join companies c on c.id = r.company
        left join settlements s on s.company = r.company and s.receipt = r.id and s.state not in ('reversed', 'given-up')
      where r.company = ? and r.read is not null and (r.state in ('waiting', 'review') or (r.state = 'accepted' and s.id is not null and s.incoming is null))
      order by r.received_at desc limit ${MOST}`, [company]);
  return rows.map(({ correction, currency, read, ...row }) => ({ ...row, read: corrected(read, correction ?? {}, currency) }));
}
