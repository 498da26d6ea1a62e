import { defaultReceiptPolicy } from '../../receipt/policy.js';
import { courseFor, type Course, type SettlementFacts } from '../course.js';
import { resolvedBy } from '../resolving.js';
import { resolutions, type Resolution, type ReversalCause, type SettlementState, type SettlementStep, type StepState } from '../settlement.js';

/** How a system takes an order. killed: the worker dies before, or after the order had its effect, and nothing is written. */
export const orderOutcomes = ['now', 'unavailable', 'unknown-done', 'unknown-not', 'rejected', 'killed-before', 'killed-after'] as const;
export type OrderOutcome = (typeof orderOutcomes)[number];

const { actions } = defaultReceiptPolicy;
export const policies: SettlementFacts['policy'][] = [
  { actions, onRefusal: 'reverse' }, { actions, onRefusal: 'reverse-and-suspend' }, { actions, onRefusal: 'task' },
  { actions: { ...actions, register: false, reactivate: false }, onRefusal: 'reverse' },
];

interface ModelPart {
  row: 'pending' | 'standing' | 'unsure' | 'failed' | 'reversed';
  /** What is in the ISP's ledger. */
  isIn: boolean;
  timesPaid: number;
}

/** A settlement's rows and the ISP's ledger in memory; its people look into the ledger before they say anything. */
export class ModelSettlement {
  readonly did: SettlementStep[] = [];
  paidTwice = false;
  readonly #parts: ModelPart[];
  readonly #steps: Partial<Record<SettlementStep, { state: StepState; attempts: number }>> = {};
  #reversal: ReversalCause | undefined;

  constructor(private readonly policy: SettlementFacts['policy'], private readonly tellsReference: boolean, count: number) {
    this.#parts = Array.from({ length: count }, () => ({ row: 'pending', isIn: false, timesPaid: 0 }));
  }

  get facts(): SettlementFacts {
    const count = (row: ModelPart['row']) => this.#parts.filter((part) => part.row === row).length;
    return {
      policy: this.policy, tellsReference: this.tellsReference, ...(this.#reversal ? { reversal: this.#reversal } : {}),
      parts: { standing: count('standing'), unsure: count('unsure'), reversed: count('reversed') },
      steps: Object.fromEntries(Object.entries(this.#steps).map(([step, { state, attempts }]) => [step, { state, attempts, ageMs: 1e9 }])),
    };
  }

  get course(): Course {
    return courseFor(this.facts, (_state, attempts) => (attempts > 3 ? undefined : 1));
  }

  hear(event: ReversalCause | Resolution): void {
    const isResolution = (resolutions as readonly string[]).includes(event);
    if (!isResolution) this.#reversal ??= event as ReversalCause;
    const resolved = isResolution ? resolvedBy(event as Resolution, this.facts, this.course.state) : undefined;
    if (!resolved || (resolved.parts === 'unpaid' && this.#parts.some(({ isIn }) => isIn))) return;
    this.#steps[resolved.step] = { state: resolved.to, attempts: 0 };
    for (const part of this.#parts) {
      if (resolved.parts === 'paid' && part.row !== 'standing') Object.assign(part, { row: 'standing', isIn: true });
      if (resolved.parts === 'unpaid' && part.row !== 'standing') part.row = 'failed';
      if (resolved.parts === 'taken-back' && (part.row === 'standing' || part.row === 'unsure')) Object.assign(part, { row: 'reversed', isIn: false });
    }
  }

  /** Does what is next, as the activities do it. */
  step(outcome: OrderOutcome): void {
    const step = this.course.next?.step;
    if (!step) return;
    if (step === 'register') return this.#register(outcome);
    if (step === 'reverse') return this.#reverse(outcome);
    if (outcome.startsWith('killed')) return;
    const isOrder = step === 'reactivate' || step === 'suspend';
    this.did.push(step);
    this.#write(step, !isOrder || outcome === 'now' ? 'done' : outcome === 'unavailable' ? 'waiting' : outcome === 'rejected' ? 'failed' : 'unknown');
  }

  #register(outcome: OrderOutcome): void {
    if (!this.policy.actions.register) return this.#write('register', 'skipped');
    if (!this.tellsReference && this.#steps.register?.state !== 'pending' && this.#parts.some(({ row }) => row === 'unsure')) return this.#write('register', 'unknown');
    for (const part of this.#parts) {
      if (part.row === 'standing') continue;
      if (outcome === 'killed-before') return void (part.row = 'unsure');
      const applies = outcome === 'now' || outcome === 'unknown-done' || outcome === 'killed-after';
      if (applies && !part.isIn) Object.assign(part, { isIn: true, timesPaid: part.timesPaid + 1 });
      this.paidTwice ||= part.timesPaid > 1;
      if (outcome === 'killed-after') return void (part.row = 'unsure');
      if (part.isIn && outcome !== 'unknown-done') {
        part.row = 'standing'; // it reads before it writes
        continue;
      }
      part.row = outcome === 'unavailable' ? 'pending' : outcome === 'rejected' ? 'failed' : 'unsure';
      return this.#write('register', outcome === 'unavailable' ? 'waiting' : outcome === 'rejected' ? 'failed' : 'unknown');
    }
    this.#write('register', 'done');
  }

  #reverse(outcome: OrderOutcome): void {
    if (this.policy.onRefusal === 'task' || !this.policy.actions.register) return this.#write('reverse', 'skipped');
    if (outcome.startsWith('killed')) return;
    if (outcome === 'unavailable' || outcome === 'rejected') return this.#write('reverse', outcome === 'rejected' ? 'failed' : 'waiting');
    for (const part of this.#parts) {
      if (part.row !== 'standing' && part.row !== 'unsure') continue;
      if (outcome === 'unknown-not') return this.#write('reverse', 'unknown');
      const wasIn = part.isIn;
      part.isIn = false;
      if (outcome === 'unknown-done') return this.#write('reverse', 'unknown');
      part.row = wasIn || part.row === 'standing' ? 'reversed' : 'failed';
    }
    this.#write('reverse', 'done');
  }

  #write(step: SettlementStep, state: StepState): void {
    const before = this.#steps[step];
    this.#steps[step] = { state, attempts: before?.state === state ? before.attempts + 1 : 1 };
  }

  /** Whether the ledger is as the state says. A settlement that is stuck says nothing of it. */
  saysTheTruth(state: SettlementState): boolean {
    const isIn = this.#parts.map((part) => part.isIn);
    if (state === 'done' && this.policy.actions.register) return isIn.every(Boolean);
    return state === 'reversed' || state === 'given-up' ? !isIn.some(Boolean) : state === 'done' || state === 'kept' || state === 'stuck';
  }
}
