import type { EntityManager } from '@mikro-orm/postgresql';
import { present } from '../../../activities/customer-book/rows.js';
import type { ReceiptCorrection, ReceiptEventKind, ReceiptState } from '../../../libs/domain/receipt/case.js';
import type { Comparison, ComparisonCode } from '../../../libs/domain/receipt/compare.js';
import { corrected, unread } from '../../../libs/domain/receipt/correct.js';
import { policyFrom, type ReceiptPolicy } from '../../../libs/domain/receipt/policy.js';
import type { ReadReceipt } from '../../../libs/domain/receipt/receipt.js';
import type { SettlementState } from '../../../libs/domain/settlement/settlement.js';
import type { ReceiptView } from './receipt.schema.js';
import { iso, LISTED, listedOf, missingOf, type ListedRow } from './receipts.queries.js';

type Payment = NonNullable<ReceiptView['payment']>;
type EarlierHow = ReceiptView['earlier'][number]['how'];
/** How one may be the same as an earlier one, as its weighing wrote it down. */
const repeats = ['file', 'picture', 'reference', 'confusable', 'alike'] as const;

interface Row extends ListedRow {
  version: number;
  invoice_number: string | null;
  method: string | null;
  comment: string | null;
  phone: string | null;
  conversation: string | null;
  ticket: string | null;
  sha256: string | null;
  size: string | null;
  mimetype: string | null;
  file_name: string | null;
  read: ReadReceipt | null;
  read_by: NonNullable<ReceiptView['read']>['by'] | null;
  model: string | null;
  text: string | null;
  regions: ReceiptView['regions'] | null;
  correction: ReceiptCorrection | null;
  comparisons: Comparison[];
  reasons: ComparisonCode[];
  confidence: number | null;
  policy: Partial<ReceiptPolicy> | null;
  earlier: (Partial<Record<(typeof repeats)[number], { receipt: string }>> & { follows?: string; settlement?: string }) | null;
  next_at: string | null;
  known: number;
  own_account: string | null;
  company_currency: string;
}

const READ = `select ${LISTED}, r.version, r.invoice_number, r.method, r.comment, r.conversation, r.sha256, r.size::text, r.mimetype, r.file_name, r.read, r.read_by, r.model, r.text,
    r.regions, r.correction, r.comparisons, to_json(r.reasons) reasons, r.confidence, r.policy, r.earlier, r.next_at, c.currency company_currency,
    (select split_part(a.address, '@', 1) from contact_addresses a where a.company = r.company and a.contact = r.contact and a.address like '%@s.whatsapp.net' order by 1 limit 1) phone,
    (select t.id from tickets t where t.company = r.company and t.conversation = r.conversation order by t.number desc limit 1) ticket,
    (select count(*)::int from receipts o where o.company = r.company and o.received_at < r.received_at) known,
    (select coalesce(m.bank, m.name) from payment_methods m where m.company = r.company and m.kind = 'transfer' and m.removed_at is null
      and (m.number = r.read->'beneficiary'->>'account' or lower(m.alias) = r.read->'beneficiary'->>'alias'
        or m.number like replace(nullif(r.read->'beneficiary'->>'account', ''), '*', '%')) limit 1) own_account
  from receipts r join companies c on c.id = r.company where r.company = ? and r.id = ?::uuid`;

const kindOf = (mimetype: string | null): ReceiptView['file']['kind'] =>
  mimetype === null ? 'none' : mimetype === 'application/pdf' ? 'pdf' : /^image\/(?:jpeg|png|webp)$/u.test(mimetype) ? 'image' : 'none';

function readingOf({ read, read_by: by, model, correction, company_currency: currency }: Row): Pick<ReceiptView, 'read' | 'corrected'> {
  const set = correction ?? {};
  if (!read && Object.keys(set).length === 0) return { corrected: [] };
  const { isReceipt: _, ...whole } = corrected(read ?? unread, set, currency);
  return { read: { ...whole, ...present({ by, model }) }, corrected: Object.keys(set) };
}

function policyOf(policy: Partial<ReceiptPolicy> | null): Pick<ReceiptView, 'policy'> {
  if (!policy) return {};
  const { mode, maxAgeDays, minConfidence, cleanCap, trustedAfter, partial, onRefusal } = policyFrom(policy);
  return { policy: { mode, maxAgeDays, minConfidence, cleanCap, trustedAfter, partial, onRefusal } };
}

/** Earlier receipts that it repeats, whose payment it is, or in whose place it was asked for. */
async function earlierOf(em: EntityManager, company: string, { earlier, customer, id }: Row): Promise<ReceiptView['earlier']> {
  if (!earlier) return [];
  const found = new Map<string, EarlierHow>();
  for (const how of repeats) if (earlier[how] && !found.has(earlier[how].receipt)) found.set(earlier[how].receipt, how);
  if (earlier.follows !== undefined) found.set(earlier.follows, 'follows');
  const rows = await em.execute<{ id: string; customer: string | null; customer_name: string | null; received_at: string; state: ReceiptState; settles: boolean }[]>(
    `select r.id, r.customer, r.customer_name, r.received_at, r.state, s.id is not null settles from receipts r
        left join settlements s on s.company = r.company and s.receipt = r.id and s.id = ?::uuid
      where r.company = ? and r.id <> ?::uuid and (s.id is not null or r.id = any(?::uuid[])) order by r.received_at`,
    [earlier.settlement ?? null, company, id, `{${[...found.keys()].join(',')}}`]);
  return rows.map((row) => ({
    how: found.get(row.id) ?? 'payment', receipt: row.id, sameCustomer: customer !== null && row.customer === customer, state: row.state, receivedAt: iso(row.received_at),
    ...present({ customerName: row.customer_name }),
  }));
}

/** Money that came in under one of its numbers, or that its payment was settled by. */
async function incomingOf(em: EntityManager, company: string, id: string): Promise<ReceiptView['incoming']> {
  const rows = await em.execute<{ id: string; source: 'statement' | 'mercadopago'; paid_on: string; amount: string; currency: string; payer_name: string | null; description: string; settles: boolean }[]>(
    `select i.id, i.source, i.paid_on::text, i.amount::text, i.currency, i.payer_name, i.description, coalesce(s.receipt = ?::uuid, false) settles
      from incoming_payments i left join settlements s on s.company = i.company and s.id = i.settlement
      where i.company = ? and i.state <> 'undone' and (i.id in (select incoming from settlements where company = ? and receipt = ?::uuid) or i.id in (
        select n.incoming from receipt_references f join incoming_references n on n.company = f.company and n.reference = f.reference where f.company = ? and f.receipt = ?::uuid))
      order by settles desc, i.paid_on desc limit 5`, [id, company, company, id, company, id]);
  return rows.map(({ id: one, source, paid_on: paidOn, amount, currency, payer_name: payerName, description, settles }) =>
    ({ id: one, source, paidOn, amount: { amount, currency }, description, settles, ...present({ payerName }) }));
}

async function paymentOf(em: EntityManager, company: string, id: string): Promise<Payment | undefined> {
  const [row] = await em.execute<{ id: string; state: SettlementState; amount: string; currency: string; invoice_number: string | null; reversal: Payment['reversal'] | null; reversal_why: string | null; policy: Partial<ReceiptPolicy>; opened_at: string }[]>(
    `select id, state, amount::text, currency, invoice_number, reversal, reversal_why, policy, opened_at from settlements
      where company = ? and receipt = ?::uuid order by opened_at desc limit 1`, [company, id]);
  if (!row) return undefined;
  const steps = await em.execute<(Omit<Payment['steps'][number], 'by' | 'fault' | 'note'> & { by_name: string | null; fault: string | null; note: string | null })[]>(
    'select step, state, attempts, fault, note, by_name, at from settlement_steps where company = ? and settlement = ?::uuid order by at, step', [company, row.id]);
  return {
    id: row.id, state: row.state, amount: { amount: row.amount, currency: row.currency }, onRefusal: policyFrom(row.policy).onRefusal, openedAt: iso(row.opened_at),
    ...present({ invoiceNumber: row.invoice_number, reversal: row.reversal, reversalWhy: row.reversal_why }),
    steps: steps.map(({ step, state, attempts, fault, note, by_name: by, at }) => ({ step, state, attempts, at: iso(at), ...present({ fault, note, by }) })),
  };
}

/** What happened, in its order; a person's words are kept under their command. */
async function trailOf(em: EntityManager, company: string, id: string): Promise<ReceiptView['trail']> {
  const rows = await em.execute<{ kind: ReceiptEventKind; by_name: string | null; why: string | null; at: string }[]>(
    `select e.kind, e.by_name, coalesce(e.data->>'why', o.why) why, e.at from receipt_events e
      left join money_orders o on o.company = e.company and o.command::text = e.data->>'command' where e.company = ? and e.receipt = ?::uuid order by e.id`, [company, id]);
  return rows.map(({ kind, by_name: by, why, at }) => ({ kind, at: iso(at), ...present({ by, why }) }));
}

/** One receipt with all that was found out about it; one that was just put up is being read. */
export async function receiptById(em: EntityManager, company: string, id: string): Promise<ReceiptView | undefined> {
  const [row] = await em.execute<Row[]>(READ, [company, id]);
  if (!row) return draftById(em, company, id);
  const missing = await missingOf(em, company, [row]);
  const payment = await paymentOf(em, company, id);
  const { version, customer, invoice, invoice_number: invoiceNumber, method, comment, phone, conversation, ticket, comparisons, reasons, text } = row;
  return {
    ...listedOf(row, missing.get(id)), version, comparisons, reasons, known: row.known, ...readingOf(row), ...policyOf(row.policy),
    ...present({ customer, invoice, invoiceNumber, method, comment, phone, conversation, ticket, text, confidence: row.confidence, regions: row.regions, ownAccount: row.own_account }),
    ...(row.next_at === null ? {} : { nextLookAt: iso(row.next_at) }), ...(payment ? { payment } : {}),
    file: { kind: row.sha256 === null ? 'none' : kindOf(row.mimetype), ...present({ name: row.file_name, size: row.size === null ? null : Number(row.size), mimetype: row.mimetype }) },
    earlier: await earlierOf(em, company, row), incoming: await incomingOf(em, company, id), trail: await trailOf(em, company, id),
  };
}

/** Put up in the panel a moment ago: its workflow has not begun. */
async function draftById(em: EntityManager, company: string, id: string): Promise<ReceiptView | undefined> {
  const [row] = await em.execute<{ size: string; mimetype: string; file_name: string | null; customer: string | null; customer_name: string | null; invoice: string | null; method: string | null; comment: string | null; at: string }[]>(
    'select size::text, mimetype, file_name, customer, customer_name, invoice, method, comment, at from receipt_drafts where company = ? and receipt = ?::uuid', [company, id]);
  if (!row) return undefined;
  const { size, mimetype, file_name: name, customer, customer_name: customerName, invoice, method, comment, at } = row;
  return {
    id, state: 'reading', source: 'panel', receivedAt: iso(at), version: 0, corrected: [], comparisons: [], reasons: [], known: 0, earlier: [], incoming: [],
    trail: [{ kind: 'received', at: iso(at) }], file: { kind: kindOf(mimetype), size: Number(size), mimetype, ...present({ name }) },
    ...present({ customer, customerName, invoice, method, comment }),
  };
}

/** Where its file lies. @returns undefined for a receipt that is not the company's; `sha256` null while it has none */
export async function fileOf(em: EntityManager, company: string, id: string): Promise<{ sha256: string | null; size: number; mimetype: string; fileName: string | null } | undefined> {
  const [row] = await em.execute<{ sha256: string | null; size: string | null; mimetype: string | null; file_name: string | null }[]>(
    `select sha256, size::text, mimetype, file_name from receipts where company = ? and id = ?::uuid
      union all select sha256, size::text, mimetype, file_name from receipt_drafts where company = ? and receipt = ?::uuid limit 1`, [company, id, company, id]);
  return row && { sha256: row.sha256, size: Number(row.size ?? 0), mimetype: row.mimetype ?? 'application/octet-stream', fileName: row.file_name };
}
