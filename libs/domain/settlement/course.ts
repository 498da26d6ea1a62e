import type { ReceiptPolicy } from '../receipt/policy.js';
import type { ReversalCause, SettlementState, SettlementStep, StepState } from './settlement.js';

export interface StepFacts {
  state: StepState;
  /** With this state, one after the other. */
  attempts: number;
  /** Since the last one, in milliseconds. */
  ageMs: number;
}

/** What the rows of a settlement say. */
export interface SettlementFacts {
  policy: Pick<ReceiptPolicy, 'actions' | 'onRefusal'>;
  reversal?: ReversalCause;
  steps: Partial<Record<SettlementStep, StepFacts>>;
  /** Its payments in the ISP's system. standing: there · unsure: there or not · reversed: were there, and are not any more. */
  parts: { standing: number; unsure: number; reversed: number };
  /** The system tells our payments by their reference, so that an order in doubt may be given again: it reads first. */
  tellsReference: boolean;
}

/** `next` absent: only somebody or the bank changes anything. */
export interface Course {
  state: SettlementState;
  next?: { step: SettlementStep; inMs: number };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long after so many attempts the next one is made, in milliseconds; undefined: people have to see to it. */
export type Pauses = (state: 'waiting' | 'unknown', attempts: number) => number | undefined;

/**
 * A system that does not answer is tried for a week: soon, then hourly. What is in doubt is asked about a few times in an hour: a system that has
 * not shown by then what became of it may never do.
 */
export const defaultPauses: Pauses = (state, attempts) => {
  if (state === 'unknown') return attempts > 6 ? undefined : MINUTE * 2 ** (attempts - 1);
  return attempts > 176 ? undefined : Math.min(10_000 * 2 ** (attempts - 1), HOUR);
};

type Stand = 'over' | 'held' | { step: SettlementStep; inMs: number };
const isOver = (state: StepState | undefined): boolean => state === 'done' || state === 'already' || state === 'skipped';

/** Where a step is: to be done in so long, over, or held until somebody settles it. */
function standOf(step: SettlementStep, { steps, tellsReference }: SettlementFacts, pauses: Pauses): Stand {
  const facts = steps[step];
  if (facts === undefined || facts.state === 'pending') return { step, inMs: 0 };
  if (isOver(facts.state)) return 'over';
  if (facts.state === 'failed' || (step === 'register' && facts.state === 'unknown' && !tellsReference)) return 'held';
  const pause = pauses(facts.state as 'waiting' | 'unknown', facts.attempts);
  return pause === undefined ? 'held' : { step, inMs: Math.max(0, pause - facts.ageMs) };
}

/** Steps of which none waits for another: the one that is due first; `held` only when nothing else is to be done. */
function firstOf(steps: readonly SettlementStep[], facts: SettlementFacts, pauses: Pauses): Stand {
  const stands = steps.map((step) => standOf(step, facts, pauses));
  const due = stands.filter((stand) => typeof stand === 'object');
  if (due.length > 0) return due.reduce((first, one) => (one.inMs < first.inMs ? one : first));
  return stands.includes('held') ? 'held' : 'over';
}

const courseOf = (stand: Stand, under: SettlementState, over: SettlementState): Course =>
  stand === 'over' ? { state: over } : stand === 'held' ? { state: 'stuck' } : { state: under, next: stand };

function forward(facts: SettlementFacts, pauses: Pauses): Course {
  const { actions } = facts.policy;
  const register = standOf('register', facts, pauses);
  if (register !== 'over') return courseOf(register, 'registering', 'done');
  // A company that registers by itself has it skipped; else somebody gave it up.
  if (facts.steps.register!.state === 'skipped' && actions.register) return { state: 'given-up' };
  // The customer hears whether the service is back: one look at it comes first, what that needs further does not hold up the word.
  if (facts.steps.reactivate === undefined || facts.steps.reactivate.state === 'pending') return { state: 'registering', next: { step: 'reactivate', inMs: 0 } };
  return courseOf(firstOf(['tell', 'notify', 'reactivate'], facts, pauses), 'registering', 'done');
}

/** Something may be in the system, or was, or people put it there. */
const mayBeIn = ({ parts, steps, policy }: SettlementFacts): boolean =>
  parts.standing + parts.unsure + parts.reversed > 0 || (steps.register?.state === 'skipped' && !policy.actions.register);

function backward(facts: SettlementFacts, pauses: Pauses): Course {
  if (!mayBeIn(facts)) return { state: 'given-up' };
  const reverse = standOf('reverse', facts, pauses);
  if (reverse !== 'over') return courseOf(reverse, 'reversing', 'reversed');
  // Until a person says that they have taken it back: then it is as if we had.
  if (facts.steps.reverse!.state === 'skipped') return courseOf(firstOf(['notify-reversal'], facts, pauses), 'reversing', 'kept');
  // None that was in doubt had been there.
  if (!mayBeIn(facts)) return { state: 'given-up' };
  const rest = ['tell-reversal', 'notify-reversal', ...(facts.policy.onRefusal === 'reverse-and-suspend' ? ['suspend'] as const : [])] as const;
  return courseOf(firstOf(rest, facts, pauses), 'reversing', 'reversed');
}

/**
 * What is to be done next for a settlement, and where it is: the whole saga and its way back. It never orders a payment once somebody or the bank
 * has said no, nor takes back what was never registered.
 */
export function courseFor(facts: SettlementFacts, pauses: Pauses = defaultPauses): Course {
  return facts.reversal === undefined ? forward(facts, pauses) : backward(facts, pauses);
}

/** Whether what the payment is known by is free again, so that its receipt can be approved once more: not when the bank took the money back. */
export const freesKeys = (state: SettlementState, reversal: ReversalCause | undefined): boolean =>
  (state === 'reversed' || state === 'given-up') && (reversal === undefined || reversal === 'person');
