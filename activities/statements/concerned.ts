import type { EntityManager } from '@mikro-orm/postgresql';
import type { ImportRef } from '../../workflows/money-arrived/contract.js';

/** So many ids at once: 8 KB. */
const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Those that are open and share an amount or a number with a line of this import, or with one that the bank took back by it, however it was read; and all
 * that are being read, of which nobody knows yet. Too many is no harm: each is weighed again, and stays as it is.
 */
const CONCERNED = `with lines as (
    select i.id, i.amount from incoming_payments i where i.company = ? and (i.import = ?::uuid or i.id in (
      select (one->>'incoming')::uuid from statement_imports m, jsonb_array_elements(m.returns) one where m.company = i.company and m.id = ?::uuid)))
  select r.id from receipts r where r.company = ? and r.id > ?::uuid and (
    r.state = 'reading' and r.received_at > clock_timestamp() - interval '1 day'
    or r.state in ('waiting', 'review') and (
      exists (select from lines i where i.amount = coalesce((r.correction->>'amount')::numeric, r.amount))
      or exists (select from receipt_references f join incoming_references g on g.company = f.company and g.folded = f.folded
        where f.company = r.company and f.receipt = r.id and g.incoming in (select id from lines))))
  order by r.id`;

/** Of an undone import, whose lines are gone: as they were found before. */
const TO_TELL = `select told.id from statement_imports m, unnest(m.to_tell) told(id) where m.company = ? and m.id = ?::uuid and told.id > ?::uuid order by told.id limit ${PAGE}`;

async function idsOf(em: EntityManager, query: string, values: readonly string[]): Promise<string[]> {
  return (await em.execute<{ id: string }[]>(query, [...values])).map(({ id }) => id);
}

/** Ids of the receipts that an import may concern, or that its undoing may; in their order, the next ones after `after`. */
export async function concernedAfter(em: EntityManager, { company, import: id, isUndone }: ImportRef, after = FIRST): Promise<{ receipts: string[]; isLast: boolean }> {
  const receipts = isUndone ? await idsOf(em, TO_TELL, [company, id, after]) : await idsOf(em, `${CONCERNED} limit ${PAGE}`, [company, id, id, company, after]);
  return { receipts, isLast: receipts.length < PAGE };
}

/** All of them at once, while the import's lines are there. */
export const allConcerned = (em: EntityManager, company: string, id: string): Promise<string[]> => idsOf(em, CONCERNED, [company, id, id, company, FIRST]);
