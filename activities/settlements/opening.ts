import type { EntityManager } from '@mikro-orm/postgresql';
import type { Money } from '../../libs/domain/customers.js';
import type { ReceiptPolicy } from '../../libs/domain/receipt/policy.js';

export interface NewSettlement {
  source: 'receipt' | 'link';
  receipt?: string;
  /** Row of `incoming_payments` that confirms it. */
  incoming?: string;
  link?: string;
  /** Where the customer is told. */
  conversation?: string;
  /** The ISP system's id. */
  customer: string;
  customerName: string;
  /** Which invoice is meant first, where one is. */
  invoice?: string;
  invoiceNumber?: string;
  amount: Money;
  /** Name of the payment method, for the ISP's system. */
  method: string;
  /** ISO instant. */
  paidAt: string;
  /** What the payment is known by (`moneyKeys`); at least one. */
  keys: readonly string[];
  policy: Pick<ReceiptPolicy, 'actions' | 'onRefusal'>;
  /** A person says that a taken key is another payment's: taken ones stay with the settlement that has them. */
  despiteTaken?: boolean;
}

export type Opening =
  /** Its workflow is to be started; a repeat says `already`. */
  | { ok: true; settlement: string; opened: 'now' | 'already' }
  /** The payment was settled, or is being settled, by this one. */
  | { ok: false; taken: string };

/**
 * Opens a settlement and claims what its payment is known by, in the caller's transaction: the one place where it is decided that a payment is
 * settled once. Whoever comes second waits for the first one's transaction, and finds its keys.
 */
export async function openSettlement(em: EntityManager, company: string, wanted: NewSettlement): Promise<Opening> {
  const known = await standing(em, company, wanted);
  if (known) return { ok: true, settlement: known, opened: 'already' };
  const { amount, policy } = wanted;
  const [made] = await em.execute<{ id: string }[]>(
    `insert into settlements (company, source, receipt, incoming, link, conversation, customer, customer_name, invoice, invoice_number, amount, currency, method, paid_at, policy)
      values (?, ?, ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?, ?, ?, ?, ?::numeric, ?, ?, ?::timestamptz, ?::jsonb) returning id`,
    [company, wanted.source, wanted.receipt ?? null, wanted.incoming ?? null, wanted.link ?? null, wanted.conversation ?? null, wanted.customer, wanted.customerName,
      wanted.invoice ?? null, wanted.invoiceNumber ?? null, amount.amount, amount.currency, wanted.method, wanted.paidAt, JSON.stringify(policy)]);
  const settlement = made!.id;
  // In one order, so that two openings with the same keys wait for each other and never deadlock.
  for (const key of [...new Set(wanted.keys)].sort()) {
    const [claimed] = await em.execute<object[]>(
      'insert into money_keys (company, key, settlement) values (?, ?, ?::uuid) on conflict do nothing returning key', [company, key, settlement]);
    if (claimed || wanted.despiteTaken) continue;
    const [holder] = await em.execute<{ settlement: string }[]>('select settlement from money_keys where company = ? and key = ?', [company, key]);
    await em.execute('delete from settlements where company = ? and id = ?::uuid', [company, settlement]);
    return { ok: false, taken: holder!.settlement };
  }
  if (wanted.incoming !== undefined) {
    await em.execute('update incoming_payments set settlement = ?::uuid where company = ? and id = ?::uuid and settlement is null', [settlement, company, wanted.incoming]);
  }
  return { ok: true, settlement, opened: 'now' };
}

/** The settlement that this receipt or this incoming payment has already, and that stands. */
async function standing(em: EntityManager, company: string, { receipt, incoming }: NewSettlement): Promise<string | undefined> {
  if (receipt === undefined && incoming === undefined) throw new Error('A settlement comes of a receipt or of a payment that came in');
  const [row] = await em.execute<{ id: string }[]>(
    `select id from settlements where company = ? and (receipt = ?::uuid or (?::uuid is null and incoming = ?::uuid))
      and state not in ('reversed', 'given-up') limit 1`, [company, receipt ?? null, receipt ?? null, incoming ?? null]);
  return row?.id;
}
