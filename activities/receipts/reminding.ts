import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { remindInMs } from '../../libs/domain/receipt/reminding.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { addReceiptEvent, lockReceipt } from './receipt-rows.js';

/** Empty: there is nothing to remind of any more. */
export interface Reminder {
  /** When it is time, in milliseconds from now. */
  inMs?: number;
}

/**
 * Reminds whoever decides that a receipt waits for them, once, as soon as it has waited as long as the company lets it: their screens follow the row.
 * The policy is the one of the moment.
 */
export function remindNow({ orm, now }: { orm: MikroORM; now(): number }, ref: ReceiptRef): Promise<Reminder> {
  const { company, receipt } = ref;
  return forCompany(orm, company, async (em) => {
    const { state } = await lockReceipt(em, ref);
    const [wait] = await em.execute<{ since: string; reminded: boolean }[]>(
      `select floor(extract(epoch from coalesce((select max(e.at) from receipt_events e where e.company = r.company and e.receipt = r.id and e.kind = 'review'), r.received_at)) * 1000)::text since,
          r.reminded_at is not null reminded from receipts r where r.company = ? and r.id = ?::uuid`, [company, receipt]);
    if (state !== 'review' || wait!.reminded) return {};
    const { policy } = await readReceiptPolicy(em, company);
    const inMs = remindInMs(Number(wait!.since), now(), policy);
    if (inMs === undefined) return {};
    if (inMs > 0) return { inMs };
    await em.execute('update receipts set reminded_at = clock_timestamp() where company = ? and id = ?::uuid', [company, receipt]);
    await addReceiptEvent(em, ref, { kind: 'reminded' });
    return {};
  });
}
