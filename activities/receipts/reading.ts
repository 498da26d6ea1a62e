import { Context } from '@temporalio/activity';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { dateAt } from '../../libs/domain/conversation/format.js';
import type { Reading, ReceiptState } from '../../libs/domain/receipt/case.js';
import type { FieldPlaces } from '../../libs/domain/receipt/places.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { MediaStore } from '../../libs/media/media-store.js';
import { PictureUnreadable, type CharacterReader } from '../../libs/receipts/characters.js';
import { readReceipt } from '../../libs/receipts/read-receipt.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { alive } from '../alive.js';
import { answerLooked, lookedStep, type LookedStep } from './looked.js';
import { whereItsFileIs, type KnownFile } from './receipt-files.js';
import { addReceiptEvent, companyFacts, countryOfCompany, lockReceipt, type CompanyFacts, type ReceiptRow } from './receipt-rows.js';
import { takeUp } from './taking-up.js';

/** A company's model with vision, where it has one: looks at the same picture and is held against what the rules read. */
export interface SecondReader {
  /** @returns undefined where the company has no model, or it said nothing of use: then the rules' reading stands */
  read(company: string, file: { bytes: Uint8Array; mimetype: string }, rules: Reading, facts: CompanyFacts, signal: AbortSignal): Promise<Reading | undefined>;
}

export interface ReadingDeps {
  orm: MikroORM;
  media: MediaStore;
  /** One a process: it keeps some hundred MB, and reads one picture after another. */
  characters: CharacterReader;
  second?: SecondReader;
  now(): number;
}

export type ReadOutcome =
  /** The gateway still fetches its file. */
  | { state: 'not-yet' }
  /** looked: the conversation's step that has its answer now. */
  | { state: ReceiptState; isRead: boolean; looked?: LookedStep };

type Read = { ok: true; reading: Reading; text: string; places: FieldPlaces; print?: Buffer } | { ok: false; fault: string };

async function readFile(deps: ReadingDeps, company: string, facts: CompanyFacts, file: KnownFile): Promise<Read> {
  const { cancellationSignal } = Context.current();
  const bytes = await deps.media.open(company, file.sha256);
  if (!bytes) return { ok: false, fault: 'not-fetched' };
  const context = { usual: countryOfCompany(facts), today: dateAt(deps.now(), facts) };
  const found = await readReceipt(bytes, deps.characters, context, cancellationSignal).catch((problem: unknown) => {
    if (!(problem instanceof PictureUnreadable)) throw problem;
    return { ok: false, fault: 'unreadable' } as const;
  });
  if (!found.ok) return found;
  const rules: Reading = { read: found.read, by: found.print ? 'characters' : 'text' };
  const reading = (await deps.second?.read(company, { bytes, mimetype: file.mimetype }, rules, facts, cancellationSignal)) ?? rules;
  return { ok: true, reading, text: found.lines.map(({ text }) => text).join('\n'), places: found.places, ...(found.print && { print: found.print }) };
}

/** Keeps what was read, once: a repeat finds the row read. */
async function keep(em: EntityManager, ref: ReceiptRef, file: KnownFile | undefined, read: Read, nowMs: number): Promise<ReadOutcome> {
  const { company, receipt } = ref;
  const row = await lockReceipt(em, ref);
  if (isDone(row)) return outcomeOf(row);
  if (file) {
    await em.execute('update receipts set sha256 = ?, size = ?, mimetype = ?, file_name = coalesce(file_name, ?) where company = ? and id = ?::uuid', [
      file.sha256, file.size, file.mimetype, file.name, company, receipt]);
  }
  if (read.ok) await keepReading(em, ref, row, read);
  else await keepFault(em, ref, row, read.fault, nowMs);
  return outcomeOf(await lockReceipt(em, ref));
}

async function keepReading(em: EntityManager, ref: ReceiptRef, row: ReceiptRow, { reading, text, places, print }: Extract<Read, { ok: true }>): Promise<void> {
  const { company, receipt } = ref;
  const { read, by, model } = reading;
  await em.execute(
    `update receipts set read = ?::jsonb, read_by = ?, model = ?, text = ?, regions = ?::jsonb, print = decode(?, 'hex'), amount = ?::numeric, currency = ?, paid_on = ?::date, issuer = ?,
        payer_name = ?, state = ?, version = version + 1 where company = ? and id = ?::uuid`,
    [storableJson(read), by, model ?? null, plain(text), JSON.stringify(places), print?.toString('hex') ?? null, storable(read.amount?.amount), read.amount?.currency ?? null, read.paidAt?.on ?? null,
      read.issuer ?? null, read.payer.name === undefined ? null : plain(read.payer.name), read.isReceipt ? 'reading' : 'other', company, receipt]);
  for (const reference of new Set(tellingReferences(read))) {
    await em.execute('insert into receipt_references (company, receipt, reference, folded) values (?, ?::uuid, ?, ?) on conflict do nothing', [company, receipt, reference, foldedReference(reference)]);
  }
  await addReceiptEvent(em, ref, { kind: 'read', data: { by, isReceipt: read.isReceipt, ...(model === undefined ? {} : { model }) } });
  await answerLooked(em, company, row, { is: read.isReceipt ? 'receipt' : 'other' });
}

/** A PDF may carry what no column takes: NUL, halves of characters. */
const plain = (text: string): string => text.replace(/\p{Cs}|[^\P{Cc}\n]/gu, ' ');
const storableJson = (value: object): string => JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? plain(part) : part));

/** A sum that no account ever saw fits no column, and is none to compare by. */
const storable = (amount: string | undefined): string | null => (amount !== undefined && /^\d{1,10}(?:\.\d{1,2})?$/u.test(amount) ? amount : null);

/** So long the conversation waits to hear what a picture is (workflows/conversation): until then it says itself that it cannot be read, and asks for another. */
const CONVERSATION_WAITS_MS = 110_000;

/**
 * What cannot be had or opened: the conversation says so while it waits. What was put up in the panel, or what the customer believes to be looked
 * at, is for a person.
 */
async function keepFault(em: EntityManager, ref: ReceiptRef, row: ReceiptRow, fault: string, nowMs: number): Promise<void> {
  const isSaid = row.conversation !== null && nowMs - Date.parse(row.received) < CONVERSATION_WAITS_MS;
  const state = isSaid ? 'other' : 'review';
  await em.execute('update receipts set fault = ?, state = ?, version = version + 1 where company = ? and id = ?::uuid', [fault, state, ref.company, ref.receipt]);
  await addReceiptEvent(em, ref, { kind: 'read', data: { fault } });
  if (state === 'review') await addReceiptEvent(em, ref, { kind: 'review', data: { fault } });
  await answerLooked(em, ref.company, row, { is: 'unreadable', fault });
}

const isDone = ({ state, read, fault }: ReceiptRow): boolean => state !== 'reading' || read !== null || fault !== null;

function outcomeOf(row: ReceiptRow): ReadOutcome {
  const looked = lookedStep(row);
  return { state: row.state, isRead: row.read !== null, ...(looked && { looked }) };
}

/**
 * Reads a receipt's file and keeps what it says; a row that was read is not read again. May take a minute.
 * @throws MediaUnavailable and what the database throws; tried again
 */
export async function readNow(deps: ReadingDeps, ref: ReceiptRef): Promise<ReadOutcome> {
  const { row, facts, file } = await forCompany(deps.orm, ref.company, async (em) => {
    const taken = await takeUp(em, ref);
    return { row: taken, facts: await companyFacts(em, ref.company), file: await whereItsFileIs(em, ref.company, taken) };
  });
  if (isDone(row)) return outcomeOf(row);
  if (file.is === 'not-yet') return { state: 'not-yet' };
  const read: Read = file.is === 'never' ? { ok: false, fault: file.fault } : await alive(() => readFile(deps, ref.company, facts, file.file));
  return forCompany(deps.orm, ref.company, (em) => keep(em, ref, file.is === 'here' ? file.file : undefined, read, deps.now()));
}
