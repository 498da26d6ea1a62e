import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../../libs/db/audit.js';
import { receiptCountries, type ReceiptCountry } from '../../libs/domain/receipt/receipt.js';
import { hasRoom, type KeptDrafts } from '../../libs/domain/statement/draft-room.js';
import { guessMapping, headerLike, headerPrint } from '../../libs/domain/statement/headers.js';
import type { StatementReading } from '../../libs/domain/statement/read-statement.js';
import type { StatementMapping } from '../../libs/domain/statement/statement.js';
import { StatementRefusal } from './refusal.js';

/** A file as it was put up. */
export interface StatementFile {
  name: string;
  /** Hex, of its bytes. */
  sha256: string;
  rows: string[][];
  /** Where each row stood in the file, from 1. */
  lines: number[];
}

export interface Draft {
  id: string;
  account: string;
  fileName: string;
  sha256: string;
  content: Pick<StatementFile, 'rows' | 'lines'>;
  mapping: StatementMapping;
}

/** Who puts a file up. */
export type DraftedBy = Pick<Actor, 'company' | 'id' | 'name'>;

const FORGET = `delete from statement_imports where company = ? and state = 'draft' and made_at < clock_timestamp() - interval '1 day'`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Drafts that nobody confirmed are forgotten after a day: they hold names and amounts. */
export async function forgetDrafts(em: EntityManager, company: string): Promise<void> {
  await em.execute(FORGET, [company]);
}

/** Keeps others from adding drafts until the transaction ends. @throws StatementRefusal `statement-drafts` where there are too many already */
async function makeRoom(em: EntityManager, { company, id }: DraftedBy, size: number): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('statement drafts ' || ?, 0))`, [company]);
  await forgetDrafts(em, company);
  const kept = `select count(*)::int as count, coalesce(sum(size), 0)::float8 as size from statement_imports where company = ? and state = 'draft'`;
  const [all] = await em.execute<KeptDrafts[]>(kept, [company]);
  const [own] = await em.execute<KeptDrafts[]>(`${kept} and made_by = ?::uuid`, [company, id]);
  if (!hasRoom(size, { person: own!, company: all! })) throw new StatementRefusal('statement-drafts');
}

/** Where and in what a company's account is, and what day it is there. */
export async function readingOf(em: EntityManager, company: string): Promise<StatementReading> {
  const [own] = await em.execute<{ locale: string; currency: string; today: string }[]>(
    'select locale, currency, (clock_timestamp() at time zone time_zone)::date::text as today from companies where id = ?', [company]);
  const { locale, currency, today } = own!;
  const country = receiptCountries.find((one) => locale.endsWith(`-${one}`)) ?? ('AR' satisfies ReceiptCountry);
  return { country, currency, today };
}

/** How people mapped a file with these columns before: for this account, or else for another one of the company's. */
async function remembered(em: EntityManager, company: string, account: string, rows: StatementFile['rows']): Promise<StatementMapping | undefined> {
  const known = await em.execute<{ mapping: StatementMapping; print: string }[]>(
    'select print, mapping from statement_mappings where company = ? order by account = ?::uuid desc, used_at desc limit 200', [company, account]);
  const prints = new Map(rows.slice(0, 60).flatMap((row) => {
    const print = headerPrint(row);
    return print === undefined ? [] : [[sha256(print), print] as const];
  }));
  for (const { print, mapping } of known) {
    const header = prints.has(print) ? headerLike(rows, prints.get(print)!) : undefined;
    if (header !== undefined) return { ...mapping, header };
  }
  return undefined;
}

/** Remembers it for the next file of this account with these columns. A file without names has nothing to be known by. */
export async function rememberMapping(em: EntityManager, company: string, account: string, rows: StatementFile['rows'], mapping: StatementMapping): Promise<void> {
  const print = mapping.header < 0 ? undefined : headerPrint(rows[mapping.header]);
  if (print === undefined) return;
  await em.execute(
    `insert into statement_mappings (company, account, print, mapping) values (?, ?::uuid, ?, ?::jsonb)
      on conflict (company, account, print) do update set mapping = excluded.mapping, used_at = clock_timestamp()`,
    [company, account, sha256(print), JSON.stringify(mapping)]);
}

/**
 * Keeps a file until somebody confirms it, with what its columns are likely to be.
 * @throws StatementRefusal `account-unknown`, `statement-drafts`
 */
export async function keepStatement(em: EntityManager, by: DraftedBy, account: string, file: StatementFile): Promise<{ id: string; mapping: StatementMapping; isRemembered: boolean }> {
  const { company } = by;
  const [own] = await em.execute<object[]>(
    `select 1 from payment_methods where company = ? and id = ?::uuid and kind = 'transfer' and removed_at is null`, [company, account]);
  if (!own) throw new StatementRefusal('account-unknown');
  const content = JSON.stringify({ rows: file.rows, lines: file.lines });
  await makeRoom(em, by, content.length);
  const known = await remembered(em, company, account, file.rows);
  const mapping = known ?? guessMapping(file.rows, (await readingOf(em, company)).country);
  const id = randomUUID();
  await em.execute(
    `insert into statement_imports (company, id, account, file_name, sha256, content, size, mapping, made_by, made_by_name) values (?, ?::uuid, ?::uuid, ?, ?, ?::jsonb, ?, ?::jsonb, ?::uuid, ?)`,
    [company, id, account, file.name, file.sha256, content, content.length, JSON.stringify(mapping), by.id, by.name]);
  return { id, mapping, isRemembered: known !== undefined };
}

/**
 * The draft, locked until the transaction ends.
 * @throws StatementRefusal `statement-unknown`, `statement-done`, `statement-columns` for a mapping that leads out of the file, or without a day or an amount
 */
export async function lockDraft(em: EntityManager, company: string, id: string, mapping: StatementMapping): Promise<Draft> {
  const [row] = await em.execute<{ account: string; file_name: string; sha256: string; state: string; content: Draft['content'] | null }[]>(
    'select account, file_name, sha256, state, content from statement_imports where company = ? and id = ?::uuid for update', [company, id]);
  if (!row) throw new StatementRefusal('statement-unknown');
  if (row.state !== 'draft' || row.content === null) throw new StatementRefusal('statement-done');
  const { columns, header } = mapping;
  const width = row.content.rows[0]?.length ?? 0;
  const hasAmount = columns.amount !== undefined || columns.credit !== undefined;
  if (columns.on === undefined || !hasAmount || header >= row.content.rows.length || Object.values(columns).some((column) => column >= width)) throw new StatementRefusal('statement-columns');
  return { id, account: row.account, fileName: row.file_name, sha256: row.sha256, content: row.content, mapping };
}

/** What a line is known by in the whole company. */
export const sourceId = (account: string, key: string): string => sha256(`${account}|${key}`);
