import type { EntityManager } from '@mikro-orm/postgresql';
import { textArray } from '../../libs/db/text-array.js';
import { alikeOf, effectsOf, type Effect, type KnownLine } from '../../libs/domain/statement/effects.js';
import { readStatement } from '../../libs/domain/statement/read-statement.js';
import type { ReadStatement, StatementLine, StatementMapping, StatementReturn } from '../../libs/domain/statement/statement.js';
import { present } from '../customer-book/rows.js';
import { lockDraft, readingOf, sourceId, type Draft } from './drafts.js';
import { incomingLike, openReceipts, type OpenReceiptRow } from './incoming.js';

/** fresh: comes in now · known: an earlier file had it · alike: it may be one that is known under another text. */
export type LineState = 'fresh' | 'known' | 'alike';

export interface SeenLine extends StatementLine {
  sourceId: string;
  state: LineState;
}

/** Something that the bank took back, and the line that it is about. */
export interface SeenReturn extends StatementReturn {
  /** Row of `incoming_payments`. */
  incoming?: string;
  settlement?: string;
  receipt?: string;
  customerName?: string;
}

export interface SeenEffect extends Effect, Pick<OpenReceiptRow, 'state' | 'customerName' | 'amount'> {
  /** Row of the file that says so. */
  row: number;
}

export interface Counts {
  fresh: number;
  known: number;
  alike: number;
  debits: number;
  problems: number;
}

/** A file as it is understood, and what it would do now. */
export interface SeenStatement {
  draft: Draft;
  read: ReadStatement;
  lines: SeenLine[];
  returns: SeenReturn[];
  counts: Counts;
  /** The same file was imported before: when, and into which account. */
  before?: { account: string; at: string };
}

async function knownLines(em: EntityManager, company: string, account: string, { period, lines }: ReadStatement): Promise<{ known: KnownLine[]; ids: Set<string> }> {
  if (!period) return { known: [], ids: new Set() };
  const rows = await em.execute<KnownLine[]>(
    `select source_id as key, paid_on::text as on, amount::text from incoming_payments where company = ? and source = 'statement' and account = ?::uuid
      and (paid_on between ?::date and ?::date or source_id = any(?::text[]))`,
    [company, account, period.from, period.to, textArray(lines.map(({ key }) => sourceId(account, key)))]);
  return { known: rows, ids: new Set(rows.map(({ key }) => key)) };
}

interface TakenRow {
  incoming: string;
  on: string;
  amount: string;
  references: string[];
  settlement: string | null;
  receipt: string | null;
  customerName: string | null;
}

/** What earlier files, or this one, had of what the bank took back: by its number and amount, and only where there is one. */
export async function withTakenBack(em: EntityManager, company: string, account: string, returns: readonly StatementReturn[]): Promise<SeenReturn[]> {
  const references = returns.flatMap((one) => one.references);
  const rows = references.length === 0 ? [] : await em.execute<TakenRow[]>(
    `select i.id as incoming, i.paid_on::text as on, i.amount::text, i.settlement, s.receipt, s.customer_name as "customerName",
        (select json_agg(f.reference) from incoming_references f where f.company = i.company and f.incoming = i.id) as references
      from incoming_payments i left join settlements s on s.company = i.company and s.id = i.settlement
      where i.company = ? and i.source = 'statement' and i.account = ?::uuid
        and i.id in (select incoming from incoming_references where company = ? and reference = any(?::text[]))`, [company, account, company, textArray(references)]);
  return returns.map((one) => {
    const found = rows.filter((row) => row.amount === one.amount && row.on <= one.on && row.references.some((reference) => one.references.includes(reference)));
    const [only] = found;
    if (!only || found.length > 1) return one;
    const { incoming, settlement, receipt, customerName } = only;
    return { ...one, ...(present({ incoming, settlement, receipt, customerName: customerName || null }) as Pick<SeenReturn, 'incoming'>) };
  });
}

/**
 * Reads a draft by this mapping, against what is known already. Nothing is written.
 * @throws StatementRefusal as `lockDraft`
 */
export async function seeStatement(em: EntityManager, company: string, id: string, mapping: StatementMapping): Promise<SeenStatement> {
  const draft = await lockDraft(em, company, id, mapping);
  const read = readStatement(draft.content.rows, mapping, await readingOf(em, company));
  const { known, ids } = await knownLines(em, company, draft.account, read);
  const keyed = read.lines.map((line) => ({ ...line, sourceId: sourceId(draft.account, line.key) }));
  const alike = alikeOf(keyed.map((line) => ({ ...line, key: line.sourceId })), known);
  const stateOf = (key: string): LineState => (ids.has(key) ? 'known' : alike.has(key) ? 'alike' : 'fresh');
  const lines = keyed.map((line) => ({ ...line, state: stateOf(line.sourceId) }));
  const count = (state: LineState) => lines.filter((line) => line.state === state).length;
  const [before] = await em.execute<{ account: string; at: string }[]>(
    `select account, confirmed_at as at from statement_imports where company = ? and sha256 = ? and state = 'confirmed' order by confirmed_at desc limit 1`, [company, draft.sha256]);
  return {
    draft, read, lines, returns: await withTakenBack(em, company, draft.account, read.returns), ...(before ? { before } : {}),
    counts: { fresh: count('fresh'), known: count('known'), alike: count('alike'), debits: read.debits.count, problems: read.problems.length },
  };
}

/** Which open receipts the lines that are not known yet would confirm or contradict. */
export async function effectsOfStatement(em: EntityManager, company: string, { lines }: Pick<SeenStatement, 'lines'>, withAlike: boolean): Promise<SeenEffect[]> {
  const rows = new Map(lines.filter(({ state }) => state === 'fresh' || (withAlike && state === 'alike')).map((line) => [`row:${line.row}`, line]));
  const receipts = await openReceipts(em, company);
  const known = await incomingLike(em, company, receipts);
  const coming = [...rows].map(([id, { on, amount, references, payerName, payerDocument }]) => ({
    id, on, amount, references, ...(payerName === undefined ? {} : { payerName }), ...(payerDocument === undefined ? {} : { payerDocument }),
  }));
  const byId = new Map(receipts.map((one) => [one.id, one]));
  return effectsOf(receipts, [...known, ...coming]).flatMap((effect) => {
    const line = rows.get(effect.payment);
    const { state, customerName, amount } = byId.get(effect.receipt)!;
    return line ? [{ ...effect, state, customerName, amount, row: line.row }] : [];
  });
}
