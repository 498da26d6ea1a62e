import { ApplicationFailure } from '@temporalio/common';
import type { SettlementActivities } from '../../activities/settlements/settlements.js';
import { courseFor, defaultPauses, type SettlementFacts } from '../../libs/domain/settlement/course.js';
import { defaultReceiptPolicy } from '../../libs/domain/receipt/policy.js';
import { resolvedBy } from '../../libs/domain/settlement/resolving.js';
import type { SettlementStep, StepState } from '../../libs/domain/settlement/settlement.js';

/** A settlement without a database: its facts, what becomes of each step's next attempts, and what its workflow did. */
export interface ScriptedSettlement {
  facts: SettlementFacts;
  /** Of each step, one after the other; then `done`. broken: the activity throws for ever. */
  outcomes: Partial<Record<SettlementStep, (StepState | 'broken')[]>>;
  did: string[];
  /** When a step was last tried, in ms. */
  triedAt: Partial<Record<SettlementStep, number>>;
  /** Held up while a step is under way. */
  during?: (step: SettlementStep) => Promise<unknown>;
}

/** Settlements in memory, by their ids. */
export class ScriptedSettlements {
  readonly #known = new Map<string, ScriptedSettlement>();

  constructor(private readonly now: () => Promise<number>) {}

  of(id: string): ScriptedSettlement {
    const known = this.#known.get(id) ?? {
      facts: { policy: { ...defaultReceiptPolicy, onRefusal: 'reverse' }, steps: {}, parts: { standing: 0, unsure: 0, reversed: 0 }, tellsReference: true }, outcomes: {}, did: [], triedAt: {},
    };
    this.#known.set(id, known);
    return known;
  }

  async #write(one: ScriptedSettlement, step: SettlementStep, state: StepState): Promise<void> {
    const before = one.facts.steps[step];
    one.facts.steps[step] = { state, attempts: before?.state === state ? before.attempts + 1 : 1, ageMs: 0 };
    one.triedAt[step] = await this.now();
    const isIn = state === 'done' || state === 'already';
    if (step === 'register') one.facts.parts = { standing: isIn ? 1 : 0, unsure: state === 'unknown' ? 1 : 0, reversed: 0 };
    if (step === 'reverse' && isIn) one.facts.parts = { standing: 0, unsure: 0, reversed: 1 };
  }

  readonly #step = (step: SettlementStep) => async ({ settlement }: { settlement: string }): Promise<void> => {
    const one = this.of(settlement);
    await one.during?.(step);
    const [outcome = 'done', ...rest] = one.outcomes[step] ?? [];
    if (outcome === 'broken') throw ApplicationFailure.retryable('broken');
    one.outcomes[step] = rest;
    one.did.push(`${step} ${outcome}`);
    await this.#write(one, step, outcome);
  };

  readonly #news = (step: SettlementStep) => async (ref: { settlement: string }) => {
    await this.#step(step)(ref);
    return {};
  };

  readonly activities: SettlementActivities = {
    lookAtSettlement: async ({ settlement }) => {
      const one = this.of(settlement);
      const nowMs = await this.now();
      for (const [step, facts] of Object.entries(one.facts.steps)) facts.ageMs = nowMs - (one.triedAt[step as SettlementStep] ?? nowMs);
      return courseFor(one.facts, defaultPauses);
    },
    settlementCommand: async ({ settlement, ...order }) => {
      const one = this.of(settlement);
      const state = courseFor(one.facts).state;
      if (order.kind === 'reverse') {
        one.facts.reversal ??= order.cause;
      } else {
        const resolved = resolvedBy(order.how, one.facts, state);
        if (!resolved) return { ok: false, reason: 'not-now' };
        await this.#write(one, resolved.step, resolved.to);
      }
      one.did.push(order.kind);
      return { ok: true, state: courseFor(one.facts).state };
    },
    postponeStep: async ({ settlement, step }) => {
      this.of(settlement).did.push(`postpone ${step}`);
      this.of(settlement).outcomes[step] = [];
      await this.#write(this.of(settlement), step, 'waiting');
    },
    registerPayment: this.#step('register'), reactivateService: this.#step('reactivate'), tellSettlement: this.#step('tell'), notifySettlement: this.#news('notify'),
    reversePayment: this.#step('reverse'), suspendService: this.#step('suspend'), tellReversal: this.#step('tell-reversal'), notifyReversal: this.#news('notify-reversal'),
  };
}
