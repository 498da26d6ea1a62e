import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../../libs/db/text-array.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { StatementMapping } from '../../libs/domain/statement/statement.js';
import { readingOf, rememberMapping } from './drafts.js';
import { allConcerned } from './concerned.js';
import { seeStatement, withTakenBack, type Counts, type SeenLine, type SeenReturn } from './preview.js';
import { StatementRefusal } from './refusal.js';

export interface Confirmed {
  mapping: StatementMapping;
  /** Also lines that may be known under another text. */
  withAlike: boolean;
  /** What the preview said comes in. */
  seen: Pick<Counts, 'fresh' | 'alike'>;
}

/** What has settled nothing cannot confirm anything either, once the bank took it back. What has is shown to people: they decide. */
async function takeBack(em: EntityManager, company: string, returns: readonly SeenReturn[]): Promise<void> {
  const free = returns.flatMap(({ incoming, settlement }) => (incoming !== undefined && settlement === undefined ? [incoming] : []));
  if (free.length === 0) return;
  await em.execute(`update incoming_payments set state = 'undone' where company = ? and id = any(?::uuid[]) and settlement is null and state = 'in'`, [company, textArray(free)]);
}

/** @returns how many came in: one that another import has brought meanwhile did not */
async function write(em: EntityManager, company: string, of: { id: string; account: string; currency: string }, lines: readonly SeenLine[]): Promise<number> {
  const rows = lines.map(({ sourceId, on, amount, payerName, payerDocument, description, references }) => (
    { sourceId, on, amount, payerName, payerDocument, description, references: references.map((reference) => ({ reference, folded: foldedReference(reference) })) }));
  const json = JSON.stringify(rows);
  const made = await em.execute<object[]>(
    `insert into incoming_payments (company, source, source_id, account, import, paid_on, amount, currency, payer_name, payer_document, description)
      select ?, 'statement', x."sourceId", ?::uuid, ?::uuid, x.on, x.amount, ?, x."payerName", x."payerDocument", x.description
      from jsonb_to_recordset(?::jsonb) as x("sourceId" text, "on" date, amount numeric, "payerName" text, "payerDocument" text, description text)
      order by x."sourceId" on conflict (company, source, source_id) do nothing returning id`, [company, of.account, of.id, of.currency, json]);
  await em.execute(
    `insert into incoming_references (company, incoming, reference, folded)
      select i.company, i.id, r.reference, r.folded from jsonb_to_recordset(?::jsonb) as x("sourceId" text, "references" jsonb)
        join incoming_payments i on i.company = ? and i.source = 'statement' and i.source_id = x."sourceId" and i.import = ?::uuid,
        jsonb_to_recordset(x."references") as r(reference text, folded text) on conflict do nothing`, [json, company, of.id]);
  return made.length;
}

/**
 * Does what was previewed, all of it or nothing: its lines come in, each once in the whole account.
 * @throws StatementRefusal `statement-changed` where it would do something else by now, `statement-empty` where nothing is new, `statement-elsewhere`
 *   for a file that another account has, and as `lockDraft`
 */
export async function confirmStatement(em: EntityManager, company: string, id: string, { mapping, withAlike, seen }: Confirmed, by: string): Promise<Counts> {
  // One import of a company at a time: two files of one account may overlap.
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('statement ' || ?, 0))`, [company]);
  const { draft, read, lines, counts, before } = await seeStatement(em, company, id, mapping);
  if (before && before.account !== draft.account) throw new StatementRefusal('statement-elsewhere');
  if (counts.fresh !== seen.fresh || counts.alike !== seen.alike) throw new StatementRefusal('statement-changed');
  const coming = lines.filter(({ state }) => state === 'fresh' || (withAlike && state === 'alike'));
  // One with nothing but something that was taken back has something to say.
  if (coming.length === 0 && read.returns.length === 0) throw new StatementRefusal('statement-empty');
  const { currency } = await readingOf(em, company);
  if ((await write(em, company, { id, account: draft.account, currency }, coming)) !== coming.length) throw new StatementRefusal('statement-changed');
  const returns = await withTakenBack(em, company, draft.account, read.returns); // also of its own lines
  await takeBack(em, company, returns);
  await rememberMapping(em, company, draft.account, draft.content.rows, mapping);
  await em.execute(
    `update statement_imports set state = 'confirmed', content = null, mapping = ?::jsonb, counts = ?::jsonb, returns = ?::jsonb, period_from = ?::date, period_to = ?::date,
        sum = (select coalesce(sum(amount), 0) from incoming_payments where company = ? and import = ?::uuid), confirmed_by_name = ?, confirmed_at = clock_timestamp()
      where company = ? and id = ?::uuid`,
    [JSON.stringify(mapping), JSON.stringify(counts), JSON.stringify(returns.map((one) => ({ ...one, row: draft.content.lines[one.row] }))), read.period?.from ?? null, read.period?.to ?? null,
      company, id, by, company, id]);
  return counts;
}

/**
 * Takes an import's lines back, while none has settled or confirmed anything, and keeps which receipts are to hear of it.
 * @throws StatementRefusal `statement-unknown`, `statement-undone`, `statement-used` with whose payments its lines are
 */
export async function undoStatement(em: EntityManager, company: string, id: string, by: string): Promise<void> {
  const [row] = await em.execute<{ state: string; returns: SeenReturn[] }[]>('select state, returns from statement_imports where company = ? and id = ?::uuid for update', [company, id]);
  if (!row) throw new StatementRefusal('statement-unknown');
  if (row.state !== 'confirmed') throw new StatementRefusal('statement-undone');
  // Whoever opens a settlement with one of these is waited for, or finds it gone.
  await em.execute('select 1 from incoming_payments where company = ? and import = ?::uuid order by id for update', [company, id]);
  const used = await em.execute<{ name: string }[]>(
    `select distinct s.customer_name as name from settlements s where s.company = ? and (s.incoming in (select id from incoming_payments where company = ? and import = ?::uuid)
      or s.id in (select settlement from incoming_payments where company = ? and import = ?::uuid)) order by 1 limit 5`, [company, company, id, company, id]);
  if (used.length > 0) throw new StatementRefusal('statement-used', used.map(({ name }) => name || '…').join(', '));
  const concerned = await allConcerned(em, company, id); // while its lines are there
  const takenBack = row.returns.flatMap(({ incoming, settlement }) => (incoming !== undefined && settlement === undefined ? [incoming] : []));
  if (takenBack.length > 0) {
    await em.execute(`update incoming_payments set state = 'in' where company = ? and id = any(?::uuid[]) and state = 'undone'`, [company, textArray(takenBack)]);
  }
  await em.execute('delete from incoming_payments where company = ? and import = ?::uuid', [company, id]);
  await em.execute(`update statement_imports set state = 'undone', undone_by_name = ?, undone_at = clock_timestamp(), woken_at = null, to_tell = ?::uuid[] where company = ? and id = ?::uuid`,
    [by, textArray(concerned), company, id]);
}
