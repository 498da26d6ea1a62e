import type { EntityManager } from '@mikro-orm/postgresql';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { tieIncoming } from '../settlements/tying.js';
import { confirmedBy } from './incoming.js';
import { addReceiptEvent, companyFacts, knownOf, lockReceipt } from './receipt-rows.js';
import type { Weighed } from './weighing.js';

/**
 * Links the money that came in to a receipt that was accepted before the bank or the platform said so: the same money proves no second payment
 * then. Idempotent.
 */
export async function confirmAccepted(em: EntityManager, ref: ReceiptRef): Promise<Weighed> {
  const { company, receipt } = ref;
  const row = await lockReceipt(em, ref);
  const settled: Weighed = { state: row.state, ...(row.settlement !== null && { settlement: row.settlement }) };
  const [settlement] = await em.execute<{ id: string; customer: string }[]>(
    `select id, customer from settlements where company = ? and id = ?::uuid and incoming is null and state not in ('reversed', 'given-up') for update`, [company, row.settlement]);
  if (!settlement) return settled;
  const { incoming } = await confirmedBy(em, company, row, knownOf(row, await companyFacts(em, company)), settlement.customer, 'no-source');
  if (!incoming || !(await tieIncoming(em, company, settlement.id, incoming.id))) return settled;
  await addReceiptEvent(em, { company, receipt }, { kind: 'confirmed', data: { incoming: incoming.id } });
  return settled;
}

/** Names whose it is: a person who had just set that right approved it before their name was asked for. */
export async function nameCustomer(em: EntityManager, { company, receipt }: ReceiptRef, { id, name }: { id: string; name: string }): Promise<void> {
  await em.execute('update receipts set customer_name = ? where company = ? and id = ?::uuid and customer = ? and customer_name is null', [name, company, receipt, id]);
  await em.execute(`update settlements set customer_name = ? where company = ? and receipt = ?::uuid and customer = ? and customer_name = ''`, [name, company, receipt, id]);
}
