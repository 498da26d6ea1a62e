import type { SettlementFacts } from './course.js';
import type { Resolution, SettlementState, SettlementStep, StepState } from './settlement.js';

/** What a person's word makes of the step that waits for them, and of the payments that are not settled: paid, not paid, taken back. */
export interface Resolved {
  step: SettlementStep;
  to: StepState;
  parts?: 'paid' | 'unpaid' | 'taken-back';
}

const isOpen = (state: StepState | undefined): boolean => state === 'waiting' || state === 'unknown' || state === 'failed';

/** The step that a person can settle: the one that holds the rest, or is tried again and again; of what was kept, that it is taken back after all. */
function openStep({ steps, reversal }: SettlementFacts, state: SettlementState): SettlementStep | undefined {
  const order: readonly SettlementStep[] = reversal === undefined ? ['register', 'reactivate'] : ['reverse', 'suspend'];
  const open = order.find((step) => isOpen(steps[step]?.state));
  return open ?? (state === 'kept' && steps.reverse?.state === 'skipped' ? 'reverse' : undefined);
}

/**
 * What becomes of a settlement when a person says what is so.
 * @returns undefined where there is nothing to settle, or where it cannot be settled so: what is in the system is taken back, not given up
 */
export function resolvedBy(how: Resolution, facts: SettlementFacts, state: SettlementState): Resolved | undefined {
  const step = openStep(facts, state);
  if (step === undefined) return undefined;
  const isTask = step === 'reverse' && facts.steps.reverse?.state === 'skipped';
  switch (how) {
    case 'retry':
      return isTask ? undefined : { step, to: 'pending' };
    case 'by-hand':
      if (step === 'register') return { step, to: 'done', parts: 'paid' };
      return step === 'reverse' ? { step, to: 'done', parts: 'taken-back' } : { step, to: 'done' };
    case 'give-up':
      if (isTask) return undefined;
      if (step !== 'register') return { step, to: 'skipped' };
      return facts.parts.standing > 0 ? undefined : { step, to: 'skipped', parts: 'unpaid' };
  }
}
