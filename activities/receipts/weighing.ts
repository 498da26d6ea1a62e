import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { ReceiptState } from '../../libs/domain/receipt/case.js';
import type { ComparisonCode } from '../../libs/domain/receipt/compare.js';
import { judgeReceipt, type Verdict } from '../../libs/domain/receipt/judge.js';
import { nextLookMs } from '../../libs/domain/receipt/waiting.js';
import type { ReceiptRef } from '../../workflows/receipt/contract.js';
import { alive } from '../alive.js';
import { invoicePaid, openFor } from './accepting.js';
import { confirmAccepted, nameCustomer } from './confirming.js';
import { askAround, gather, type Gathered, type GatheringDeps } from './gathering.js';
import { addReceiptEvent, receiptRow, type FoundEarlier, type ReceiptRow } from './receipt-rows.js';

export interface Weighed {
  state: ReceiptState;
  /** When it is to be weighed again by itself, in milliseconds from now. */
  nextInMs?: number;
  /** Whose workflow is to be started. */
  settlement?: string;
}

/** A verdict as its row keeps it. */
type Outcome = Pick<Verdict, 'comparisons' | 'reasons' | 'confidence'> & { state: ReceiptState; settlement?: string };

const stateOf = { accepted: 'accepted', rejected: 'rejected', review: 'review', wait: 'waiting', 'not-a-receipt': 'other' } as const satisfies Record<Verdict['outcome'], ReceiptState>;

/** Read, and not decided: what is still weighed. */
const isOpen = ({ state, read, correction }: ReceiptRow): boolean => ['reading', 'waiting', 'review'].includes(state) && (read !== null || correction !== null);

/** Accepted as it was judged or, should its payment have been taken meanwhile, what is right then. */
async function accept(em: EntityManager, company: string, gathered: Gathered, verdict: Verdict): Promise<Outcome> {
  const { row, known, whose, confirmed, policy, facts } = gathered;
  if (whose.is !== 'known') throw new Error('A receipt of nobody was accepted');
  const invoice = whose.hasIds ? invoicePaid(known, whose.open) : undefined;
  const opened = await openFor(em, company, { row, known, customer: whose, ...(invoice && { invoice }), confirmed, policy, facts });
  if (opened.ok) return { ...verdict, state: 'accepted', settlement: opened.settlement };
  const [holder] = await em.execute<{ customer: string }[]>('select customer from settlements where company = ? and id = ?::uuid', [company, opened.taken]);
  const isOwn = holder?.customer === whose.id;
  const code: ComparisonCode = isOwn ? 'payment-registered' : 'payment-taken';
  const comparisons = [...verdict.comparisons.filter(({ code: one }) => one !== 'verified'), { code, verdict: 'bad' as const }];
  return { ...verdict, comparisons, reasons: [code], state: isOwn ? 'rejected' : 'review' };
}

const foundIn = ({ row, evidence: { earlier }, confirmed, alike }: Gathered): FoundEarlier => ({
  ...(row.earlier?.follows === undefined ? {} : { follows: row.earlier.follows }), ...earlier, ...(alike && { alike: { receipt: alike.receipt } }), ...(confirmed.settlement === undefined ? {} : { settlement: confirmed.settlement }),
});

async function write(em: EntityManager, ref: ReceiptRef, gathered: Gathered, outcome: Outcome, nextInMs: number | undefined): Promise<void> {
  const { row, whose, known, policy } = gathered;
  const { state, comparisons, reasons, confidence, settlement } = outcome;
  const isDecided = state === 'accepted' || state === 'rejected';
  const invoice = whose.is === 'known' && whose.hasIds ? invoicePaid(known, whose.open) : undefined;
  await em.execute(
    `update receipts set state = ?, customer = coalesce(?, customer), customer_name = coalesce(?, customer_name), invoice_number = coalesce(invoice_number, ?), comparisons = ?::jsonb,
        reasons = ?::text[], confidence = ?::real, policy = ?::jsonb, earlier = ?::jsonb, weight = weight + 1, next_at = clock_timestamp() + make_interval(secs => ?::double precision),
        settlement = coalesce(?::uuid, settlement), decided_by = ?, decided_by_user = null, decided_by_name = null, decided_why = null,
        decided_at = case when ? then clock_timestamp() end, version = version + 1
      where company = ? and id = ?::uuid`,
    [state, whose.is === 'known' ? whose.id : null, whose.is === 'known' ? whose.name : null, row.invoice === null ? (invoice?.number ?? null) : null, JSON.stringify(comparisons),
      `{${reasons.join(',')}}`, confidence, JSON.stringify(policy), JSON.stringify(foundIn(gathered)), nextInMs === undefined ? null : nextInMs / 1_000,
      settlement ?? null, isDecided ? 'policy' : null, isDecided, ref.company, ref.receipt]);
  const isSame = state === row.state && reasons.join() === row.reasons.join();
  if (isSame) return;
  await addReceiptEvent(em, ref, { kind: 'weighed', data: { state, reasons } });
  if (state !== row.state && state !== 'reading' && state !== 'other') await addReceiptEvent(em, ref, { kind: state, data: { reasons, ...(settlement === undefined ? {} : { settlement }) } });
  const first = gathered.evidence.earlier.file ?? gathered.evidence.earlier.reference;
  if (state === 'rejected' && first) await addReceiptEvent(em, { company: ref.company, receipt: first.receipt }, { kind: 'repeated', data: { receipt: ref.receipt } });
}

/** Judges it on what is known at this moment, and writes what becomes of it; accepted, its settlement is opened in the same transaction. */
async function judge(em: EntityManager, ref: ReceiptRef, gathered: Gathered, nowMs: number): Promise<Weighed> {
  const { row, known, evidence, policy } = gathered;
  const lookInMs = nextLookMs(Date.parse(row.read_at ?? row.received), nowMs);
  const verdict = judgeReceipt(known, evidence, policy, lookInMs !== undefined);
  const outcome = verdict.outcome === 'accepted' ? await accept(em, ref.company, gathered, verdict) : { ...verdict, state: stateOf[verdict.outcome] };
  const nextInMs = outcome.state === 'waiting' ? lookInMs : undefined;
  await write(em, ref, gathered, outcome, nextInMs);
  return { state: outcome.state, ...(nextInMs === undefined ? {} : { nextInMs }), ...(outcome.settlement === undefined ? {} : { settlement: outcome.settlement }) };
}

/**
 * Weighs a receipt on everything that is known now. One that is decided stays as it is, but for an accepted one that its money has come in for.
 * @throws what the database throws; tried again
 */
export async function weighNow(deps: GatheringDeps, ref: ReceiptRef): Promise<Weighed> {
  const { company } = ref;
  const before = await forCompany(deps.orm, company, (em) => receiptRow(em, ref));
  if (before.state === 'accepted') {
    const whose = before.customer !== null && before.customer_name === null ? (await alive(() => askAround(deps, ref))).whose : undefined;
    return forCompany(deps.orm, company, async (em) => {
      if (whose?.is === 'known') await nameCustomer(em, ref, whose);
      return confirmAccepted(em, ref);
    });
  }
  if (!isOpen(before)) return { state: before.state };
  const asked = await alive(() => askAround(deps, ref));
  return forCompany(deps.orm, company, async (em) => {
    const gathered = await gather(em, ref, asked, deps.now());
    const { row } = gathered;
    if (!isOpen(row)) return { state: row.state, ...(row.settlement !== null && row.state === 'accepted' && { settlement: row.settlement }) };
    return judge(em, ref, gathered, deps.now());
  });
}
