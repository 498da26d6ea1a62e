import type { EntityManager } from '@mikro-orm/postgresql';
import { forCompany } from '../../libs/db/company.js';
import type { MikroORM } from '../../libs/db/orm.js';
import { readReceiptPolicy } from '../../libs/db/receipt-policy.js';
import { DomainError } from '../../libs/domain/errors.js';
import type { ReceiptCommandKind, ReceiptCorrection, ReceiptEventKind, ReceiptState } from '../../libs/domain/receipt/case.js';
import { decideReceipt, type ReceiptDecision } from '../../libs/domain/receipt/command.js';
import { overlaid } from '../../libs/domain/receipt/correct.js';
import { tellingReferences } from '../../libs/domain/receipt/repeats.js';
import { foldedReference } from '../../libs/domain/receipt/values.js';
import type { SettlementState } from '../../libs/domain/settlement/settlement.js';
import type { ReceiptAnswer, ReceiptRef } from '../../workflows/receipt/contract.js';
import { openFor } from './accepting.js';
import { alikeTo, showAlike, type Alike } from './alike.js';
import { auditDecision, auditedFacts, type ReceiptWords } from './auditing.js';
import { confirmedBy } from './incoming.js';
import { addReceiptEvent, companyFacts, knownOf, lockReceipt, type CompanyFacts, type ReceiptRow } from './receipt-rows.js';

export interface ReceiptCommandRequest extends ReceiptRef {
  /** Done once under it; what goes with it (a reason, a correction) is its row in `money_orders`. */
  command: string;
  kind: ReceiptCommandKind;
  actor: string;
}

/** What the workflow does about it. */
export interface ReceiptEffects {
  /** Weigh it again. */
  weigh?: true;
  /** Start the workflow of this settlement. */
  start?: string;
  /** Take this one back. */
  reverse?: string;
  /** Tell the customer. */
  tell?: true;
}

export interface ReceiptCommanded {
  answer: ReceiptAnswer;
  effects: ReceiptEffects;
}

/** A command on a receipt, with what it is decided on. */
interface Case {
  ref: ReceiptRef;
  command: string;
  kind: ReceiptCommandKind;
  order: ReceiptWords;
  row: ReceiptRow;
  facts: CompanyFacts;
  decision: Extract<ReceiptDecision, { ok: true }>;
}

/** `alike`: what the person has to see before they say it again. */
type Executed = ReceiptCommanded & { alike?: Alike };

const refused = (reason: Extract<ReceiptAnswer, { ok: false }>['reason'], alike?: Alike): Executed => ({ answer: { ok: false, reason }, effects: {}, ...(alike && { alike }) });

async function orderOf(em: EntityManager, { company, receipt, command, kind, actor }: ReceiptCommandRequest): Promise<ReceiptWords> {
  const [order] = await em.execute<ReceiptWords[]>(
    'select actor, actor_name, why, correction, despite, request, address from money_orders where company = ? and command = ?::uuid and receipt = ?::uuid and kind = ? and actor = ?::uuid', [company, command, receipt, kind, actor]);
  if (!order) throw new DomainError('text-unknown', 'no such order');
  return order;
}

/** What an earlier attempt at this command did. */
async function doneBy(em: EntityManager, { company, receipt, command }: ReceiptCommandRequest, row: ReceiptRow): Promise<ReceiptCommanded | undefined> {
  const [event] = await em.execute<{ data: { state: ReceiptState; effects: ReceiptEffects } }[]>(
    `select data from receipt_events where company = ? and receipt = ?::uuid and data->>'command' = ? order by id limit 1`, [company, receipt, command]);
  return event && { answer: answerOf(event.data.state, event.data.effects.start ?? row.settlement), effects: event.data.effects };
}

const answerOf = (state: ReceiptState, settlement: string | null | undefined): ReceiptAnswer => ({ ok: true, state, ...(settlement == null ? {} : { settlement }) });

async function settlementState(em: EntityManager, company: string, { settlement }: ReceiptRow): Promise<SettlementState | undefined> {
  const [row] = await em.execute<{ state: SettlementState }[]>(
    `select state from settlements where company = ? and id = ?::uuid and state not in ('reversed', 'given-up')`, [company, settlement]);
  return row?.state;
}

/** Keeps what a person set right beside what was read, and what is looked up by it. */
async function keepCorrection(em: EntityManager, { company, receipt }: ReceiptRef, row: ReceiptRow, set: ReceiptCorrection | null, facts: CompanyFacts): Promise<ReceiptRow> {
  if (!set || Object.keys(set).length === 0) return row;
  const correction = overlaid(row.correction ?? {}, set);
  const { customer = null, invoice = null } = set;
  const known = knownOf({ read: row.read, correction }, facts);
  await em.execute(
    `update receipts set correction = ?::jsonb, amount = ?::numeric, currency = ?, paid_on = ?::date, payer_name = ?, customer = coalesce(?, customer),
        customer_name = case when ?::text is null or ? = customer then customer_name end,
        invoice = case when ?::text is not null then ? when ?::text is null or ? = customer then invoice end,
        invoice_number = case when ?::text is null and (?::text is null or ? = customer) then invoice_number end
      where company = ? and id = ?::uuid`,
    [JSON.stringify(correction), known.amount?.amount ?? null, known.amount?.currency ?? null, known.paidAt?.on ?? null, known.payer.name ?? null, customer,
      customer, customer, invoice, invoice, customer, customer, invoice, customer, customer, company, receipt]);
  for (const reference of new Set(tellingReferences(known))) {
    await em.execute('insert into receipt_references (company, receipt, reference, folded) values (?, ?::uuid, ?, ?) on conflict do nothing', [company, receipt, reference, foldedReference(reference)]);
  }
  return lockReceipt(em, { company, receipt });
}

/** What decided, as the trail names it; that it was decided otherwise before goes before all else. */
const eventOf = ({ kind, decision: { overrules } }: Case): ReceiptEventKind =>
  kind === 'correct' ? 'corrected' : overrules ? 'overruled' : kind === 'approve' ? 'accepted' : kind === 'reject' ? 'rejected' : 'asked-another';

async function settle(em: EntityManager, one: Case, effects: ReceiptEffects): Promise<ReceiptCommanded> {
  const { ref: { company, receipt }, command, kind, order, row, decision: { to } } = one;
  const isVerdict = kind !== 'correct';
  await em.execute(
    `update receipts set state = ?, settlement = coalesce(?::uuid, settlement), decided_by = ?, decided_by_user = ?::uuid, decided_by_name = ?, decided_why = ?,
        decided_at = case when ? then clock_timestamp() end, next_at = null, last_command = ?::uuid, version = version + 1 where company = ? and id = ?::uuid`,
    [to, effects.start ?? null, isVerdict ? 'person' : null, isVerdict ? order.actor : null, isVerdict ? order.actor_name : null, isVerdict ? order.why : null, isVerdict, command, company, receipt]);
  const data = { command, state: to, from: row.state, effects, ...(order.why === null ? {} : { why: order.why }), ...(order.correction ? { set: Object.keys(order.correction) } : {}), ...(order.despite && { despite: true }) };
  await addReceiptEvent(em, one.ref, { kind: eventOf(one), by: { user: order.actor, name: order.actor_name }, data });
  return { answer: answerOf(to, effects.start ?? effects.reverse ?? (to === 'accepted' ? row.settlement : null)), effects };
}

async function approve(em: EntityManager, one: Case): Promise<Executed> {
  const { ref: { company }, order, row, facts } = one;
  const { policy } = await readReceiptPolicy(em, company);
  const known = knownOf(row, facts);
  const alike = await alikeTo(em, company, row, known, row.customer!);
  const confirmed = await confirmedBy(em, company, row, known, row.customer!, 'no-source');
  if (confirmed.settled && !order.despite) return refused('paid-already');
  const opened = await openFor(em, company, { row, known, customer: { id: row.customer!, name: row.customer_name ?? '' }, confirmed, policy, facts, ...(order.despite && { despite: true }) });
  if (!opened.ok) return refused('paid-already');
  return alike && !order.despite ? refused('paid-alike', alike) : settle(em, one, { start: opened.settlement });
}

/** Decides about a command on the held row, and writes it. Idempotent by command. @throws DomainError `receipt-unknown`, `text-unknown` */
async function execute(em: EntityManager, request: ReceiptCommandRequest): Promise<Executed> {
  const { company, receipt, kind, command } = request;
  const ref = { company, receipt };
  const found = await lockReceipt(em, ref);
  const done = await doneBy(em, request, found);
  if (done) return done;
  const order = await orderOf(em, request);
  const facts = await companyFacts(em, company);
  const settlement = await settlementState(em, company, found);
  const known = knownOf({ read: found.read, correction: overlaid(found.correction ?? {}, order.correction ?? {}) }, facts);
  const decision = decideReceipt(
    {
      state: found.state, ...(settlement && { settlement }), hasCustomer: (order.correction?.customer ?? found.customer) !== null,
      hasAmount: known.amount !== undefined && known.amount.currency === facts.currency && /^\d{1,10}(?:\.\d{1,2})?$/u.test(known.amount.amount) && Number(known.amount.amount) > 0,
    },
    { kind, hasReason: (order.why ?? '').trim() !== '', despite: order.despite });
  if (!decision.ok) return refused(decision.reason);
  const before = await auditedFacts(em, ref);
  const one: Case = { ref, command, kind, order, facts, decision, row: await keepCorrection(em, ref, found, order.correction, facts) };
  const result = await carryOut(em, one);
  if (result.answer.ok) await auditDecision(em, ref, kind, order, { before, overrules: kind !== 'correct' && decision.overrules });
  return result;
}

function carryOut(em: EntityManager, one: Case): Promise<Executed> {
  const { kind, decision, row } = one;
  if (kind === 'approve') return approve(em, one);
  if (kind === 'correct') return settle(em, one, { weigh: true });
  return settle(em, one, decision.reverses ? { reverse: row.settlement! } : { tell: true });
}

/** Does what a person asks of a receipt, or says why not. A command that is refused leaves nothing behind but what they had not seen. */
export async function commandReceipt(orm: MikroORM, request: ReceiptCommandRequest): Promise<ReceiptCommanded> {
  let refusal: Executed | undefined;
  const undo = new Error('refused');
  try {
    return await forCompany(orm, request.company, async (em) => {
      const result = await execute(em, request);
      if (result.answer.ok) return result;
      refusal = result;
      throw undo; // with its correction, which was for this alone
    });
  } catch (error) {
    if (error !== undo) throw error;
    const { alike, ...answer } = refusal!;
    if (alike) await forCompany(orm, request.company, (em) => showAlike(em, request, alike));
    return answer;
  }
}
