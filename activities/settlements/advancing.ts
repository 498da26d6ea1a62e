import type { EntityManager } from '@mikro-orm/postgresql';
import type { CrmSystemId } from '../../libs/crm/registry.js';
import { actorOf, writeAudit, type AskedBy } from '../../libs/db/audit.js';
import { courseFor, freesKeys, type Course, type Pauses } from '../../libs/domain/settlement/course.js';
import { resolvedBy, type Resolved } from '../../libs/domain/settlement/resolving.js';
import type { SettlementFacts } from '../../libs/domain/settlement/course.js';
import type { SettlementState } from '../../libs/domain/settlement/settlement.js';
import { cents, fromCents, sumOf } from '../../libs/domain/money.js';
import type { ResolutionOrder, ReversalOrder, SettlementAnswer, SettlementRef } from '../../workflows/settlement/contract.js';
import { releaseKeys } from './opening.js';
import { readFacts, readParts, readSettlement, writeStep, type SettlementRow } from './rows.js';

/** What a settlement's course depends on besides its rows. */
export interface CourseTerms {
  /** The one in use; a settlement's first look says whose customer it has. */
  system: CrmSystemId;
  tellsReference: boolean;
  pauses: Pauses;
}

export type SettlementCommand = SettlementRef & (({ kind: 'reverse' } & ReversalOrder) | ({ kind: 'resolve' } & ResolutionOrder));

const ended: ReadonlySet<SettlementState> = new Set(['done', 'reversed', 'kept', 'given-up']);

/** Writes where a settlement is by now, under its row's lock. What a payment is known by is freed with the state that frees it. */
export async function advance(em: EntityManager, ref: SettlementRef, terms: CourseTerms): Promise<Course> {
  const row = await readSettlement(em, ref, 'for update');
  if (row.system === null) await em.execute('update settlements set system = ? where company = ? and id = ?::uuid', [terms.system, ref.company, ref.settlement]);
  const course = courseFor(await readFacts(em, ref, row, terms.tellsReference), terms.pauses);
  if (course.state === row.state) return course;
  await em.execute(
    `update settlements set state = ?, ended_at = case when ? then clock_timestamp() end, reversed_at = case when ? = 'reversed' then clock_timestamp() else reversed_at end
      where company = ? and id = ?::uuid`, [course.state, ended.has(course.state), course.state, ref.company, ref.settlement]);
  if (freesKeys(course.state, row.reversal ?? undefined)) await releaseKeys(em, ref.company, ref.settlement);
  return course;
}

interface Asked extends AskedBy {
  actor_name: string;
  why: string | null;
}

/** Does what somebody, or the bank, orders: once for each command. */
export async function executeCommand(em: EntityManager, { company, settlement, ...order }: SettlementCommand, terms: CourseTerms): Promise<SettlementAnswer> {
  const ref = { company, settlement };
  const row = await readSettlement(em, ref, 'for update');
  if (row.last_command === order.command) return { ok: true, state: row.state };
  const [asked] = await em.execute<Asked[]>('select actor, actor_name, why, request, address from money_orders where company = ? and command = ?::uuid', [company, order.command]);
  if (order.kind === 'reverse') {
    if (row.reversal !== null) return { ok: true, state: row.state };
    await em.execute('update settlements set reversal = ?, reversal_why = ?, reversal_by_name = ? where company = ? and id = ?::uuid',
      [order.cause, asked?.why ?? null, asked?.actor_name ?? null, company, settlement]);
  } else {
    const facts = await readFacts(em, ref, row, terms.tellsReference);
    const resolved = resolvedBy(order.how, facts, row.state);
    if (!resolved || !asked) return { ok: false, reason: 'not-now' };
    await settle(em, ref, row, resolved, asked);
    await writeAudit(em, actorOf(company, asked), {
      action: 'settlement.resolved', subject: settlement, before: { step: resolved.step, state: stateOf(facts, resolved) }, after: { step: resolved.step, state: resolved.to, how: order.how, why: asked.why },
    });
  }
  await em.execute('update settlements set last_command = ?::uuid where company = ? and id = ?::uuid', [order.command, company, settlement]);
  return { ok: true, state: (await advance(em, ref, terms)).state };
}

const stateOf = ({ steps }: SettlementFacts, { step }: Resolved): string | null => steps[step]?.state ?? null;

/** Writes what a person says is so. */
async function settle(em: EntityManager, ref: SettlementRef, row: SettlementRow, { step, to, parts }: Resolved, { actor_name: by, why }: Asked): Promise<void> {
  const { company, settlement } = ref;
  await writeStep(em, ref, step, { state: to, ...(why === null ? {} : { note: why }) }, by);
  if (to === 'pending') await em.execute('update settlement_steps set attempts = 0 where company = ? and settlement = ?::uuid and step = ?', [company, settlement, step]);
  const move = (state: string, from: string) =>
    em.execute(`update settlement_parts set state = ? where company = ? and settlement = ?::uuid and state in (${from})`, [state, company, settlement]);
  if (parts === 'paid') {
    await move('done', `'pending', 'unknown'`);
    await payRest(em, ref, row);
  }
  if (parts === 'unpaid') await move('failed', `'pending', 'unknown'`);
  if (parts === 'taken-back') await move('reversed', `'done', 'already', 'unknown'`);
}

/** A part for what no order was given for: a person has registered it. */
async function payRest(em: EntityManager, ref: SettlementRef, { amount }: SettlementRow): Promise<void> {
  const rest = await restOf(em, ref, amount);
  if (cents(rest) > 0n) await addParts(em, ref, [{ amount: rest }], 'done');
}

/** What no part that stands, waits or is in doubt pays. */
export async function restOf(em: EntityManager, ref: SettlementRef, amount: string): Promise<string> {
  const parts = await readParts(em, ref);
  return fromCents(cents(amount) - cents(sumOf(parts.filter(({ state }) => state !== 'failed').map((part) => part.amount))));
}

/** Adds parts after those that are there: a reference is never another order's. */
export async function addParts(em: EntityManager, { company, settlement }: SettlementRef, parts: readonly { invoice?: string; number?: string; amount: string }[], state: 'pending' | 'done'): Promise<void> {
  for (const { invoice, number, amount } of parts) {
    await em.execute(
      `insert into settlement_parts (company, settlement, position, invoice, invoice_number, amount, state)
        select ?, ?::uuid, coalesce(max(position), 0) + 1, ?, ?, ?::numeric, ? from settlement_parts where company = ? and settlement = ?::uuid`,
      [company, settlement, invoice ?? null, number ?? null, amount, state, company, settlement]);
  }
}
