import { Context } from '@temporalio/activity';
import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { dateAt } from '../../libs/domain/conversation/format.js';
import type { Evidence } from '../../libs/domain/receipt/evidence.js';
import type { ReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import type { ReadReceipt } from '../../libs/domain/receipt/receipt.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import type { IspSystems } from '../isp-systems.js';
import type { IncomingSearch, IncomingWanted } from '../payments/searching.js';
import { accountsOf, type NamedAccount } from './accepting.js';
import { alikeTo, type Alike } from './alike.js';
import { earlierOf } from './earlier.js';
import { confirmedBy, type Confirmed } from './incoming.js';
import { companyFacts, knownOf, lockReceipt, receiptRow, type CompanyFacts, type ReceiptRow } from './receipt-rows.js';
import { phonesOf, whoseIs, type Whose } from './whose.js';

export interface GatheringDeps {
  orm: MikroORM;
  systems: Pick<IspSystems, 'of'>;
  /** Brings what the company's payment platform knows of a payment into `incoming_payments` (payments/searching.ts). */
  searchPlatform?(company: string, wanted: IncomingWanted, signal: AbortSignal): Promise<IncomingSearch>;
  now(): number;
}

/** What is asked outside of our rows, before they are locked. */
export interface Asked {
  whose: Whose;
  platform: IncomingSearch;
}

export interface Gathered {
  row: ReceiptRow;
  known: ReadReceipt;
  facts: CompanyFacts;
  policy: ReceiptPolicy;
  accounts: NamedAccount[];
  whose: Whose;
  confirmed: Confirmed;
  alike: Alike | undefined;
  evidence: Evidence;
}

/** Asks the ISP's system and the platform. Neither that it does not answer is an error: it is told apart, and asked again. */
export async function askAround({ orm, systems, searchPlatform, now }: GatheringDeps, ref: ReceiptRef): Promise<Asked> {
  const { company } = ref;
  const { cancellationSignal } = Context.current();
  const { row, known, phones } = await forCompany(orm, company, async (em) => {
    const found = await receiptRow(em, ref);
    return { row: found, known: knownOf(found, await companyFacts(em, company)), phones: await phonesOf(em, company, found) };
  });
  const { amount, paidAt } = known;
  const searching = amount && paidAt && searchPlatform?.(company, { on: paidAt.on, amount: amount.amount, references: tellingReferences(known) }, cancellationSignal);
  const [whose, platform] = await Promise.all([
    whoseIs(systems, company, row, row.correction?.customer, phones, now(), cancellationSignal),
    searching ?? ('no-source' as const),
  ]);
  return { whose, platform };
}

/** Everything that a receipt is held against, in the transaction that judges it; its row is held. */
export async function gather(em: EntityManager, ref: ReceiptRef, { whose, platform }: Asked, nowMs: number): Promise<Gathered> {
  const { company } = ref;
  const row = await lockReceipt(em, ref);
  const facts = await companyFacts(em, company);
  const known = knownOf(row, facts);
  const { policy } = await readReceiptPolicy(em, company);
  const accounts = await accountsOf(em, company);
  const customer = whose.is === 'known' ? whose.id : (row.customer ?? undefined);
  const alike = await alikeTo(em, company, row, known, customer);
  const confirmed = await confirmedBy(em, company, row, known, customer, platform);
  const evidence: Evidence = {
    ...(whose.is === 'known' && { customer: { name: whose.name, open: whose.open, ...(await historyOf(em, company, row, whose.id)) } }),
    ...(whose.is === 'unavailable' && { unavailable: true }),
    ...(row.mimetype === null ? {} : { file: row.mimetype === 'application/pdf' ? ('pdf' as const) : ('image' as const) }),
    accounts, earlier: await earlierOf(em, company, row, known, customer), verified: confirmed.verified, ...(confirmed.onlyByPayer && { onlyByPayer: true }), ...(confirmed.settled && { settled: confirmed.settled }),
    ...(alike && { alike: true }),
    today: dateAt(nowMs, facts),
  };
  return { row, known, facts, policy, accounts, whose, confirmed, alike, evidence };
}

/** Who has paid for a customer before, and how often a receipt of theirs was accepted. */
async function historyOf(em: EntityManager, company: string, row: ReceiptRow, customer: string): Promise<{ knownPayers: string[]; accepted: number }> {
  const [history] = await em.execute<{ payers: string[]; accepted: number }[]>(
    `select coalesce(array_agg(distinct payer_name) filter (where payer_name is not null), '{}') payers, count(*)::int accepted
      from receipts where company = ? and customer = ? and state = 'accepted' and id <> ?::uuid`, [company, customer, row.id]);
  return { knownPayers: history!.payers, accepted: history!.accepted };
}
