import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReceiptPolicy } from '../receipt/policy.js';
import { courseFor, defaultPauses, freesKeys, type SettlementFacts, type StepFacts } from './course.js';
import { resolvedBy } from './resolving.js';
import { resolutions, type SettlementStep, type StepState } from './settlement.js';
import { ModelSettlement, orderOutcomes, policies } from './testing/model-settlement.js';

const { actions } = defaultReceiptPolicy;
type Steps = Partial<Record<SettlementStep, StepState>>;
const facts = (steps: Steps, more: Partial<SettlementFacts> = {}): SettlementFacts => ({
  policy: { actions, onRefusal: 'reverse' }, parts: { standing: steps.register === 'done' ? 1 : 0, unsure: 0, reversed: 0 }, tellsReference: true,
  steps: Object.fromEntries(Object.entries(steps).map(([step, state]) => [step, { state, attempts: 1, ageMs: 0 } satisfies StepFacts])), ...more,
});
const shown = (given: SettlementFacts) => {
  const { state, next } = courseFor(given);
  return next === undefined ? state : `${state}: ${next.step}${next.inMs > 0 ? ` in ${next.inMs / 1_000} s` : ''}`;
};
const said = { reversal: 'person' } as const;
const task = { ...said, policy: { actions, onRefusal: 'task' } } as const;
const suspend = { ...said, policy: { actions, onRefusal: 'reverse-and-suspend' } } as const;
const paid = { register: 'done', reactivate: 'done', tell: 'done', notify: 'done' } as const;
const taken = { ...said, parts: { standing: 0, unsure: 0, reversed: 1 } };

describe('what is done next', () => {
  it.each([
    [{}, {}, 'registering: register'],
    [{ register: 'waiting' }, {}, 'registering: register in 10 s'],
    [{ register: 'unknown' }, {}, 'registering: register in 60 s'],
    [{ register: 'unknown' }, { tellsReference: false }, 'stuck'],
    [{ register: 'failed' }, {}, 'stuck'],
    [{ register: 'skipped' }, {}, 'given-up'],
    [{ register: 'skipped' }, { policy: { actions: { ...actions, register: false }, onRefusal: 'task' } }, 'registering: reactivate'],
    [{ register: 'done', reactivate: 'pending' }, {}, 'registering: reactivate'],
    [{ register: 'done', reactivate: 'waiting' }, {}, 'registering: tell'],
    [{ register: 'already', reactivate: 'failed', tell: 'done' }, {}, 'registering: notify'],
    [{ register: 'done', reactivate: 'failed', tell: 'done', notify: 'done' }, {}, 'stuck'],
    [{ register: 'done', reactivate: 'unknown', tell: 'done', notify: 'done' }, {}, 'registering: reactivate in 60 s'],
    [paid, {}, 'done'],
    [{}, said, 'given-up'],
    [{ register: 'waiting' }, said, 'given-up'],
    [{ register: 'failed' }, task, 'given-up'],
    [{ register: 'unknown' }, { ...said, parts: { standing: 0, unsure: 1, reversed: 0 } }, 'reversing: reverse'],
    [{ register: 'unknown', reverse: 'already' }, said, 'given-up'],
    [paid, said, 'reversing: reverse'],
    [{ ...paid, reverse: 'failed' }, said, 'stuck'],
    [{ ...paid, reverse: 'waiting' }, said, 'reversing: reverse in 10 s'],
    [{ ...paid, reverse: 'done' }, taken, 'reversing: tell-reversal'],
    [{ ...paid, reverse: 'done', 'tell-reversal': 'done', 'notify-reversal': 'done' }, taken, 'reversed'],
    [{ ...paid, reverse: 'done', 'tell-reversal': 'done', 'notify-reversal': 'done' }, { ...taken, ...suspend }, 'reversing: suspend'],
    [{ ...paid, reverse: 'done', 'tell-reversal': 'done', 'notify-reversal': 'done', suspend: 'failed' }, { ...taken, ...suspend }, 'stuck'],
    [paid, task, 'reversing: reverse'],
    [{ ...paid, reverse: 'skipped' }, task, 'reversing: notify-reversal'],
    [{ ...paid, reverse: 'skipped', 'notify-reversal': 'done' }, task, 'kept'],
    [{ ...paid, reverse: 'done', 'notify-reversal': 'done' }, { ...taken, ...task }, 'reversing: tell-reversal'],
    [{ ...paid, reverse: 'done', 'notify-reversal': 'done', 'tell-reversal': 'done' }, { ...taken, ...task }, 'reversed'],
    [{ register: 'skipped', reactivate: 'skipped', reverse: 'done', 'tell-reversal': 'skipped', 'notify-reversal': 'done' },
      { ...said, policy: { actions: { ...actions, register: false }, onRefusal: 'task' } }, 'reversed'],
    [{ ...paid, reverse: 'skipped', 'notify-reversal': 'done' }, said, 'kept'],
    [{ register: 'skipped', reactivate: 'skipped' }, { ...said, policy: { actions: { ...actions, register: false }, onRefusal: 'task' } }, 'reversing: reverse'],
  ] as [Steps, Partial<SettlementFacts>, string][])('after %j, %j: %s', (steps, more, next) => {
    expect(shown(facts(steps, more))).toBe(next);
  });

  it('is tried for a week, and in doubt for an hour', () => {
    const total = (state: 'waiting' | 'unknown') => {
      let [sum, attempts] = [0, 1];
      for (let pause; (pause = defaultPauses(state, attempts)) !== undefined; attempts++) sum += pause;
      return sum / 3_600_000;
    };
    expect(total('waiting')).toBeGreaterThan(24 * 6.9);
    expect(total('waiting')).toBeLessThan(24 * 7.2);
    expect(total('unknown')).toBeCloseTo(1.05, 2);
  });

  it('frees what the payment is known by only when people said no', () => {
    expect([freesKeys('reversed', 'person'), freesKeys('given-up', undefined), freesKeys('reversed', 'refunded'), freesKeys('given-up', 'charged-back'), freesKeys('kept', 'person')])
      .toEqual([true, true, false, false, false]);
  });
});

describe('a person', () => {
  it.each([
    ['retry', { register: 'failed' }, {}, 'stuck', { step: 'register', to: 'pending' }],
    ['by-hand', { register: 'unknown' }, {}, 'stuck', { step: 'register', to: 'done', parts: 'paid' }],
    ['give-up', { register: 'failed' }, {}, 'stuck', { step: 'register', to: 'skipped', parts: 'unpaid' }],
    ['give-up', { register: 'failed' }, { parts: { standing: 1, unsure: 0, reversed: 0 } }, 'stuck', undefined],
    ['give-up', { register: 'done', reactivate: 'failed' }, {}, 'stuck', { step: 'reactivate', to: 'skipped' }],
    ['by-hand', { ...paid, reverse: 'failed' }, said, 'stuck', { step: 'reverse', to: 'done', parts: 'taken-back' }],
    ['give-up', { ...paid, reverse: 'failed' }, said, 'stuck', { step: 'reverse', to: 'skipped' }],
    ['by-hand', { ...paid, reverse: 'skipped' }, task, 'kept', { step: 'reverse', to: 'done', parts: 'taken-back' }],
    ['by-hand', { ...paid, reverse: 'skipped' }, said, 'kept', { step: 'reverse', to: 'done', parts: 'taken-back' }],
    ['give-up', { ...paid, reverse: 'skipped' }, said, 'kept', undefined],
    ['retry', { ...paid, reverse: 'skipped' }, task, 'kept', undefined],
    ['by-hand', { ...paid, reverse: 'done' }, task, 'reversed', undefined],
    ['by-hand', paid, {}, 'done', undefined],
    ['by-hand', { register: 'failed' }, said, 'given-up', undefined],
  ] as const)('says %s after %j, %j (%s)', (how, steps, more, state, becomes) => {
    expect(resolvedBy(how, facts(steps, more), state)).toEqual(becomes);
  });
});

/** What happens around each step: how the system takes the order, and what is said meanwhile. */
const happening = fc.record({
  outcome: fc.constantFrom(...orderOutcomes),
  event: fc.option(fc.oneof(fc.constantFrom('person' as const, 'charged-back' as const), fc.constantFrom(...resolutions)), { freq: 4, nil: undefined }),
});

describe('a settlement under any order of events', () => {
  it('registers once, takes back only what was there, and ends as it says', () => {
    fc.assert(fc.property(fc.array(happening, { maxLength: 40 }), fc.constantFrom(...policies), fc.boolean(), fc.integer({ min: 1, max: 3 }), (events, policy, tellsReference, count) => {
      const model = new ModelSettlement(policy, tellsReference, count);
      for (const { outcome, event } of events) {
        if (event) model.hear(event);
        model.step(outcome);
        expect(model.paidTwice).toBe(false);
        expect(model.did.filter((one) => one === 'tell').length).toBeLessThanOrEqual(1);
      }
      model.hear('by-hand');
      for (let left = 60; model.course.next && left > 0; left--) model.step('now');
      const { state, next } = model.course;
      expect(next).toBeUndefined();
      expect(model.saysTheTruth(state)).toBe(true);
    }), { numRuns: 2_000 });
  });
});
