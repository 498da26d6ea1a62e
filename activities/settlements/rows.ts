import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../../libs/domain/errors.js';
import type { SettlingPolicy } from '../../libs/domain/receipt/policy.js';
import type { SettlementFacts } from '../../libs/domain/settlement/course.js';
import type { Outcome } from '../../libs/domain/settlement/outcome.js';
import type { ReversalCause, SettlementState, SettlementStep, StepState } from '../../libs/domain/settlement/settlement.js';
import type { SettlementRef } from '../../workflows/settlement/contract.js';

export interface SettlementRow {
  state: SettlementState;
  conversation: string | null;
  customer: string;
  customer_name: string;
  invoice: string | null;
  invoice_number: string | null;
  amount: string;
  currency: string;
  method: string;
  paid_at: string | Date;
  policy: SettlingPolicy;
  /** Of which ISP's system the customer, the invoices and the payments are; null: before anybody looked. */
  system: string | null;
  reversal: ReversalCause | null;
  reversal_why: string | null;
  last_command: string | null;
}

/** pending: not ordered · unknown: ordered, and what became of it is not written yet or not known. */
export interface PartRow {
  position: number;
  invoice: string | null;
  amount: string;
  state: 'pending' | 'done' | 'already' | 'unknown' | 'failed' | 'reversed';
}

/** @throws DomainError `settlement-unknown` */
export async function readSettlement(em: EntityManager, { company, settlement }: SettlementRef, lock: 'for update' | '' = ''): Promise<SettlementRow> {
  const [row] = await em.execute<SettlementRow[]>(
    `select state, conversation, customer, customer_name, invoice, invoice_number, amount::text, currency, method, paid_at, policy, system, reversal, reversal_why, last_command
      from settlements where company = ? and id = ?::uuid ${lock}`, [company, settlement]);
  if (!row) throw new DomainError('settlement-unknown');
  return row;
}

export const readParts = (em: EntityManager, { company, settlement }: SettlementRef): Promise<PartRow[]> =>
  em.execute<PartRow[]>('select position, invoice, amount::text, state from settlement_parts where company = ? and settlement = ?::uuid order by position', [company, settlement]);

export const isStanding = ({ state }: PartRow): boolean => state === 'done' || state === 'already';

export interface StepRow {
  step: SettlementStep;
  state: StepState;
  attempts: number;
  age: number;
  by_name: string | null;
  note: string | null;
}

export const readSteps = (em: EntityManager, { company, settlement }: SettlementRef): Promise<StepRow[]> =>
  em.execute<StepRow[]>(
    `select step, state, attempts, (extract(epoch from clock_timestamp() - at) * 1000)::float8 age, by_name, note from settlement_steps
      where company = ? and settlement = ?::uuid`, [company, settlement]);

/** What the rows say, for `courseFor`. */
export async function readFacts(em: EntityManager, ref: SettlementRef, row: SettlementRow, tellsReference: boolean): Promise<SettlementFacts> {
  const [parts, steps] = [await readParts(em, ref), await readSteps(em, ref)];
  return {
    policy: row.policy, tellsReference, ...(row.reversal === null ? {} : { reversal: row.reversal }),
    parts: {
      standing: parts.filter(isStanding).length, unsure: parts.filter(({ state }) => state === 'unknown').length, reversed: parts.filter(({ state }) => state === 'reversed').length,
    },
    steps: Object.fromEntries(steps.map(({ step, state, attempts, age }) => [step, { state, attempts, ageMs: age }])),
  };
}

/** Writes what became of a step. Attempts count those that ended the same, one after the other. */
export async function writeStep(em: EntityManager, { company, settlement }: SettlementRef, step: SettlementStep, { state, fault, note }: Outcome, byName?: string): Promise<void> {
  await em.execute(
    `insert into settlement_steps (company, settlement, step, state, attempts, fault, note, by_name) values (?, ?::uuid, ?, ?, 1, ?, ?, ?)
      on conflict (company, settlement, step) do update set state = excluded.state, fault = excluded.fault, note = excluded.note, by_name = excluded.by_name,
        attempts = case when settlement_steps.state = excluded.state then settlement_steps.attempts + 1 else 1 end, at = clock_timestamp()`,
    [company, settlement, step, state, fault ?? null, note ?? null, byName ?? null]);
}

export async function writePart(em: EntityManager, { company, settlement }: SettlementRef, position: number, state: PartRow['state'], paidId?: string): Promise<void> {
  await em.execute(
    'update settlement_parts set state = ?, paid_id = coalesce(?, paid_id) where company = ? and settlement = ?::uuid and position = ?',
    [state, paidId ?? null, company, settlement, position]);
}

/** Under which an ISP's system knows one of our payments. */
export const referenceOf = ({ settlement }: SettlementRef, { position }: Pick<PartRow, 'position'>): string => `${settlement}-${position}`;
