import type { EntityManager } from '@mikro-orm/postgresql';
import { LEAST_TELLING, moneyKeys } from '../../libs/domain/settlement/settlement.js';

/**
 * Numbers by which the bank or the platform tells a payment that came in from others, as keys. A number that the same source gives to another
 * payment, too (a branch, an agreement), tells none.
 */
export async function numbersOf(em: EntityManager, company: string, incoming: string): Promise<string[]> {
  const rows = await em.execute<{ reference: string }[]>(
    `select f.reference from incoming_references f join incoming_payments i on i.company = f.company and i.id = f.incoming
      where f.company = ? and f.incoming = ?::uuid and char_length(f.reference) >= ${LEAST_TELLING}
        and not exists (select from incoming_references o join incoming_payments p on p.company = o.company and p.id = o.incoming
          where o.company = f.company and o.reference = f.reference and o.incoming <> f.incoming and p.source = i.source)
      order by f.reference`, [company, incoming]);
  return rows.map(({ reference }) => moneyKeys.reference(reference));
}

/** Lets a settlement's payment be known by these, too. Those that another one has stay with it. */
export async function claimMore(em: EntityManager, company: string, settlement: string, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].sort()) {
    await em.execute('insert into money_keys (company, key, settlement) values (?, ?, ?::uuid) on conflict do nothing', [company, key, settlement]);
  }
}

/**
 * Ties money that came in to the settlement of a receipt that was accepted before: it proves no second payment then, whichever of its numbers a
 * later receipt shows. Its caller holds the settlement's row.
 * @returns whether the money was free
 */
export async function tieIncoming(em: EntityManager, company: string, settlement: string, incoming: string): Promise<boolean> {
  // The payment's row before its key, as openings of settlements take them.
  const [free] = await em.execute<object[]>(
    `select 1 from incoming_payments where company = ? and id = ?::uuid and state = 'in' and settlement is null for no key update`, [company, incoming]);
  const [claimed] = free ? await em.execute<object[]>(
    'insert into money_keys (company, key, settlement) values (?, ?, ?::uuid) on conflict do nothing returning key', [company, moneyKeys.incoming(incoming), settlement]) : [];
  if (!claimed) return false;
  await claimMore(em, company, settlement, await numbersOf(em, company, incoming));
  await em.execute('update incoming_payments set settlement = ?::uuid where company = ? and id = ?::uuid', [settlement, company, incoming]);
  await em.execute('update settlements set incoming = ?::uuid where company = ? and id = ?::uuid', [incoming, company, settlement]);
  return true;
}
