import type { EntityManager } from '@mikro-orm/postgresql';
import type { Money } from '../../libs/domain/customers.js';
import type { SettlingPolicy } from '../../libs/domain/receipt/policy.js';
import { numbersOf } from './tying.js';

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
  /** Of which ISP's system they are, where that was written down; else the one in use at the first look. */
  system?: string | undefined;
  /** Which invoice is meant first, where one is. */
  invoice?: string;
  invoiceNumber?: string;
  amount: Money;
  /** Name of the payment method, for the ISP's system. */
  method: string;
  /** ISO instant. */
  paidAt: string;
  /** What the payment is known by (`moneyKeys`); the numbers of what came in are added. */
  keys: readonly string[];
  policy: SettlingPolicy;
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
  // Before any key: whoever writes the payment's row and then opens would hold the one and wait for the other.
  if (wanted.incoming !== undefined) {
    await em.execute('select 1 from incoming_payments where company = ? and id = ?::uuid for no key update', [company, wanted.incoming]);
  }
  const known = await standing(em, company, wanted);
  if (known) return { ok: true, settlement: known, opened: 'already' };
  const settlement = await insert(em, company, wanted);
  if (settlement === undefined) {
    const faster = await standing(em, company, wanted);
    if (!faster) throw new Error('The settlement that this receipt had has just ended: once more'); // Temporal's to try again
    return { ok: true, settlement: faster, opened: 'already' };
  }
  const taken = await claim(em, company, settlement, wanted);
  if (taken !== undefined) {
    await em.execute('delete from settlements where company = ? and id = ?::uuid', [company, settlement]);
    return { ok: false, taken };
  }
  if (wanted.incoming !== undefined) {
    await em.execute('update incoming_payments set settlement = ?::uuid where company = ? and id = ?::uuid and settlement is null', [settlement, company, wanted.incoming]);
  }
  return { ok: true, settlement, opened: 'now' };
}

async function insert(em: EntityManager, company: string, { amount, policy, ...wanted }: NewSettlement): Promise<string | undefined> {
  const [made] = await em.execute<{ id: string }[]>(
    `insert into settlements (company, source, receipt, incoming, link, conversation, customer, customer_name, invoice, invoice_number, amount, currency, method, paid_at, policy, system)
      values (?, ?, ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?, ?, ?, ?, ?::numeric, ?, ?, ?::timestamptz, ?::jsonb, ?) on conflict do nothing returning id`,
    [company, wanted.source, wanted.receipt ?? null, wanted.incoming ?? null, wanted.link ?? null, wanted.conversation ?? null, wanted.customer, wanted.customerName,
      wanted.invoice ?? null, wanted.invoiceNumber ?? null, amount.amount, amount.currency, wanted.method, wanted.paidAt, JSON.stringify(policy), wanted.system ?? null]);
  return made?.id;
}

/**
 * Claims the keys, all in one order, so that two openings with the same ones wait for each other and never deadlock.
 * @returns the settlement that has one of them
 */
async function claim(em: EntityManager, company: string, settlement: string, { keys, incoming, despiteTaken }: NewSettlement): Promise<string | undefined> {
  const numbers = incoming === undefined ? [] : await numbersOf(em, company, incoming);
  for (const key of [...new Set([...keys, ...numbers])].sort()) {
    for (;;) {
      const [claimed] = await em.execute<object[]>(
        'insert into money_keys (company, key, settlement) values (?, ?, ?::uuid) on conflict do nothing returning key', [company, key, settlement]);
      if (claimed || despiteTaken) break;
      const [holder] = await em.execute<{ settlement: string }[]>('select settlement from money_keys where company = ? and key = ?', [company, key]);
      if (holder) return holder.settlement;
      // Released between the two statements: it is free.
    }
  }
  return undefined;
}

/** Frees what a payment is known by, in the caller's transaction: its receipt, or its row of what came in, can settle once more. */
export async function releaseKeys(em: EntityManager, company: string, settlement: string): Promise<void> {
  await em.execute('update incoming_payments set settlement = null where company = ? and settlement = ?::uuid', [company, settlement]);
  await em.execute('delete from money_keys where company = ? and settlement = ?::uuid', [company, settlement]);
}

/** The settlement that this receipt or this incoming payment has already, and that stands. */
async function standing(em: EntityManager, company: string, { receipt, incoming }: NewSettlement): Promise<string | undefined> {
  if (receipt === undefined && incoming === undefined) throw new Error('A settlement comes of a receipt or of a payment that came in');
  const [row] = await em.execute<{ id: string }[]>(
    `select id from settlements where company = ? and (receipt = ?::uuid or (?::uuid is null and incoming = ?::uuid))
      and state not in ('reversed', 'given-up') limit 1`, [company, receipt ?? null, receipt ?? null, incoming ?? null]);
  return row?.id;
}
