import type { EntityManager } from '@mikro-orm/postgresql';
import type { PlatformPayment } from '../../libs/domain/payments/platform-payment.js';
import type { PlatformPaymentRef } from '../../workflows/platform-payment/contract.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';

/** What nothing can be made of by itself, or what a person has to set right: they are told, once for each payment. */
export type Trouble = 'partly-refunded' | 'not-ours' | 'paid-twice' | 'overpaid' | 'won-back' | 'unreadable';

export async function note(em: EntityManager, { company, platform, payment }: PlatformPaymentRef, kind: Trouble, more: { link?: string | undefined; settlement?: string | undefined; payment?: PlatformPayment } = {}): Promise<void> {
  await em.execute(
    `insert into payment_troubles (company, platform, payment, kind, link, settlement, amount, currency) values (?, ?, ?, ?, ?::uuid, ?::uuid, ?::numeric, ?) on conflict do nothing`,
    [company, platform, payment, kind, more.link ?? null, more.settlement ?? null, more.payment?.amount.amount ?? null, more.payment?.amount.currency ?? null]);
}

/** A payment by link that is more than its customer owes. Of a receipt's, whoever accepted it knows. */
export async function noteOverpaid(em: EntityManager, { company, settlement }: SettlementRef): Promise<void> {
  await em.execute(
    `insert into payment_troubles (company, platform, payment, kind, link, settlement, amount, currency)
      select s.company, i.source, i.source_id, 'overpaid', s.link, s.id, s.amount, s.currency
        from settlements s join incoming_payments i on i.company = s.company and i.id = s.incoming where s.company = ? and s.id = ?::uuid and s.source = 'link'
      on conflict do nothing`, [company, settlement]);
}
