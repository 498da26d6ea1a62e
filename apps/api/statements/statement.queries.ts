import type { EntityManager } from '@mikro-orm/postgresql';
import { instantFrom, present } from '../../../activities/customer-book/rows.js';
import type { SeenReturn } from '../../../activities/statements/preview.js';
import { textArray } from '../../../libs/db/text-array.js';
import { amountIn } from '../../../libs/domain/customer-import/values.js';
import { bareReference } from '../../../libs/domain/receipt/values.js';
import type { IncomingPage, IncomingQuery, StatementAccount, StatementImport, StatementReturnView } from './statement.schema.js';

/** The company's own accounts, to which a statement can belong. */
export async function readAccounts(em: EntityManager, company: string): Promise<StatementAccount[]> {
  const rows = await em.execute<Record<keyof StatementAccount, string | null>[]>(
    `select id, name, holder, coalesce(number, alias) as number, bank from payment_methods
      where company = ? and kind = 'transfer' and removed_at is null order by position, lower(name)`, [company]);
  return rows.map((row) => present(row) as StatementAccount);
}

interface ImportRow extends Omit<StatementImport, 'account' | 'period' | 'returns' | 'undoneBy' | 'undoneAt'> {
  account: string;
  accountName: string;
  from: string | null;
  to: string | null;
  undoneBy: string | null;
  undoneAt: string | null;
  returns: SeenReturn[];
}

/** What the bank took back, as it stands now: what its line has settled meanwhile is shown, too. */
async function returnsNow(em: EntityManager, company: string, all: readonly SeenReturn[]): Promise<StatementReturnView[]> {
  const ids = all.flatMap(({ incoming }) => incoming ?? []);
  const rows = ids.length === 0 ? [] : await em.execute<{ id: string; receipt: string | null; customer_name: string }[]>(
    `select i.id, s.receipt, s.customer_name from incoming_payments i join settlements s on s.company = i.company and s.id = i.settlement
      where i.company = ? and i.id = any(?::uuid[])`, [company, textArray(ids)]);
  const settlements = new Map(rows.map((row) => [row.id, row]));
  return all.map((one) => returnView(one, one.row, one.incoming === undefined ? undefined : settlements.get(one.incoming)));
}

export function returnView(one: SeenReturn, line: number, settled?: { receipt: string | null; customer_name: string }): StatementReturnView {
  const { on, amount, description, incoming: payment } = one;
  const receipt = settled?.receipt ?? undefined;
  return { line, on, amount, description, settled: settled !== undefined, ...present({ payment, receipt, customerName: settled?.customer_name || undefined }) };
}

/** Newest first; of one, if it is named. Drafts are nobody's history. */
export async function readImports(em: EntityManager, company: string, id?: string): Promise<StatementImport[]> {
  const rows = await em.execute<ImportRow[]>(
    `select m.id, m.file_name as "fileName", m.account, a.name as "accountName", m.state, coalesce(m.confirmed_by_name, '') as by, m.confirmed_at as at, m.undone_by_name as "undoneBy",
        m.undone_at as "undoneAt", m.period_from::text as from, m.period_to::text as to, coalesce(m.sum, 0)::text as sum, c.currency, m.counts, m.returns, m.woken_at is not null as told,
        (select count(*)::int from incoming_payments i where i.company = m.company and i.import = m.id) as lines,
        (select count(*)::int from incoming_payments i where i.company = m.company and i.import = m.id and i.settlement is not null) as settled
      from statement_imports m join payment_methods a on a.company = m.company and a.id = m.account join companies c on c.id = m.company
      where m.company = ? and m.state <> 'draft' and (?::uuid is null or m.id = ?::uuid) order by m.confirmed_at desc limit 50`, [company, id ?? null, id ?? null]);
  const views: StatementImport[] = [];
  for (const { account, accountName, from, to, at, undoneAt, undoneBy, returns, ...row } of rows) {
    views.push({
      ...row, account: { id: account, name: accountName }, at: instantFrom(at), returns: await returnsNow(em, company, returns),
      ...(from !== null && to !== null ? { period: { from, to } } : {}), ...present({ undoneBy, undoneAt: undoneAt === null ? undefined : instantFrom(undoneAt) }),
    });
  }
  return views;
}

type Raw = Omit<IncomingPage['items'][number], 'settlement'> & { total: number; settlement: object | null };

const FILTERS = { all: 'true', settled: 'i.settlement is not null', free: `i.settlement is null and i.state = 'in'` } as const;

/** What came in, newest first. `q` is an amount, a number of the operation, or words of the payer or of the bank's text. */
export async function readIncoming(em: EntityManager, company: string, { q, import: of, filter, page, size }: IncomingQuery): Promise<IncomingPage> {
  const amount = q === '' ? undefined : amountIn(q);
  const reference = bareReference(q);
  const words = q.split(/\s+/u).filter((word) => word !== '');
  const matches = `(?::text = '' or i.amount = ?::numeric or exists (select from incoming_references f where f.company = i.company and f.incoming = i.id and f.reference = ?)
      or (select bool_and(position(book_fold(word) in book_fold(coalesce(i.payer_name, '') || ' ' || coalesce(i.payer_document, '') || ' ' || i.description)) > 0) from unnest(?::text[]) word))`;
  const rows = await em.execute<Raw[]>(
    `select i.id, i.source, i.import, a.name as account, i.paid_on::text as on, i.amount::text, i.currency, i.payer_name as "payerName", i.payer_document as "payerDocument", i.description, i.state,
        (select coalesce(json_agg(f.reference order by f.reference), '[]') from incoming_references f where f.company = i.company and f.incoming = i.id) as references,
        case when s.id is not null then json_strip_nulls(json_build_object('id', s.id, 'state', s.state, 'receipt', s.receipt, 'customerName', s.customer_name, 'invoiceNumber', s.invoice_number)) end as settlement,
        count(*) over ()::int as total
      from incoming_payments i left join settlements s on s.company = i.company and s.id = i.settlement
        left join payment_methods a on a.company = i.company and a.id = i.account
      where i.company = ? and (?::uuid is null or i.import = ?::uuid) and ${FILTERS[filter]} and ${matches}
      order by i.paid_on desc, i.id limit ? offset ?`,
    [company, of ?? null, of ?? null, q, amount ?? null, reference, textArray(words), size, (page - 1) * size]);
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => present(row) as IncomingPage['items'][number]) };
}
