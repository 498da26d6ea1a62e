import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStatus, nextStep } from './decide.js';
import { missedPolicies, ON_TIME_MS, STATUS_LIVES_MS, statusRefusals, statusStates, type Status, type StatusCommandKind, type StatusState } from './status.js';

const due = 1_000_000_000;
const [onTime, tooLate] = [due + ON_TIME_MS, due + STATUS_LIVES_MS];
const status = (state: StatusState, more: Partial<Status> = {}): Status => ({ state, publishAtMs: due, ...more });

describe('what a status waits for', () => {
  it.each(missedPolicies)('is its time, and then the network, whatever is done with missed ones (%s)', (policy) => {
    expect(nextStep(status('scheduled'), policy, due - 1)).toEqual({ step: { kind: 'wait', untilMs: due } });
    expect(nextStep(status('scheduled'), policy, due)).toEqual({ step: { kind: 'publish', untilMs: onTime } });
    expect(nextStep(status('scheduled'), policy, onTime - 1)).toEqual({ step: { kind: 'publish', untilMs: onTime } });
  });

  it('is, once it was missed, what the company wants: late, not at all, or somebody', () => {
    expect(nextStep(status('scheduled'), 'late', onTime)).toEqual({ step: { kind: 'publish', untilMs: tooLate } });
    expect(nextStep(status('scheduled'), 'skip', onTime)).toEqual({ change: { state: 'failed', cause: 'missed' }, step: { kind: 'end' } });
    expect(nextStep(status('scheduled'), 'ask', onTime)).toEqual({ change: { state: 'missed' }, step: { kind: 'ask', untilMs: tooLate } });
    expect(nextStep(status('missed'), 'ask', onTime)).toEqual({ step: { kind: 'ask', untilMs: tooLate } });
  });

  it.each(missedPolicies)('is nothing a day after its time (%s)', (policy) => {
    for (const state of ['scheduled', 'missed'] as const) {
      expect(nextStep(status(state), policy, tooLate)).toEqual({ change: { state: 'failed', cause: 'missed' }, step: { kind: 'end' } });
    }
  });

  it('is the network’s word while it is going out; too late to ask again, nobody knows', () => {
    expect(nextStep(status('publishing'), 'ask', due)).toEqual({ step: { kind: 'publish', untilMs: onTime } });
    expect(nextStep(status('publishing'), 'late', onTime)).toEqual({ step: { kind: 'publish', untilMs: tooLate } });
    expect(nextStep(status('publishing'), 'skip', onTime)).toEqual({
      change: { state: 'unknown', cause: 'interrupted' }, step: { kind: 'wait', untilMs: tooLate },
    });
    expect(nextStep(status('publishing'), 'late', due, 'no-ack')).toEqual({
      change: { state: 'unknown', cause: 'no-ack' }, step: { kind: 'wait', untilMs: tooLate },
    });
    expect(nextStep(status('published'), 'late', due, 'no-ack').change).toBeUndefined(); // its word came meanwhile
    expect(nextStep(status('unknown'), 'late', tooLate)).toEqual({ step: { kind: 'end' } });
  });

  it('is the end of its day, from when it was published', () => {
    const late = status('published', { publishedAtMs: due + 1_000 });
    expect(nextStep(late, 'late', tooLate)).toEqual({ step: { kind: 'wait', untilMs: tooLate + 1_000 } });
    expect(nextStep(late, 'late', tooLate + 1_000)).toEqual({ change: { state: 'expired' }, step: { kind: 'end' } });
    expect(nextStep(status('removing'), 'late', due)).toEqual({ step: { kind: 'remove', untilMs: tooLate } });
    expect(nextStep(status('removing'), 'late', tooLate)).toEqual({ change: { state: 'expired' }, step: { kind: 'end' } });
  });

  it('always ends, whatever the state, and never before its time has come', () => {
    fc.assert(fc.property(fc.constantFrom(...statusStates), fc.constantFrom(...missedPolicies), fc.integer({ min: 0, max: 3 * STATUS_LIVES_MS }), (state, policy, afterMs) => {
      const { step } = nextStep(status(state), policy, due - STATUS_LIVES_MS + afterMs);
      if (step.kind === 'end') expect(afterMs >= STATUS_LIVES_MS || ['expired', 'removed', 'cancelled', 'failed'].includes(state)).toBe(true);
      else expect(step.untilMs).toBeGreaterThan(due - STATUS_LIVES_MS + afterMs);
      if (step.kind === 'publish') expect(afterMs).toBeGreaterThanOrEqual(state === 'publishing' ? 0 : STATUS_LIVES_MS);
    }));
  });
});

const commands: readonly StatusCommandKind[] = ['edit', 'cancel', 'publish', 'retry', 'remove'];
/** The state that it leads to, or the reason why not: edit, cancel, publish, retry, remove. */
const table: Readonly<Record<StatusState, readonly string[]>> = {
  scheduled: ['scheduled', 'cancelled', 'scheduled', 'publishing!', 'not-published!'],
  missed: ['scheduled', 'cancelled', 'scheduled', 'publishing!', 'not-published!'],
  publishing: ['publishing!', 'publishing!', 'publishing!', 'publishing!', 'publishing!'],
  published: ['published!', 'published!', 'published!', 'published!', 'removing'],
  unknown: ['published!', 'published!', 'published!', 'publishing', 'removing'],
  removing: ['published!', 'published!', 'published!', 'published!', 'removing'],
  expired: ['ended!', 'ended!', 'ended!', 'ended!', 'ended!'],
  removed: ['ended!', 'ended!', 'ended!', 'ended!', 'ended!'],
  cancelled: ['ended!', 'ended!', 'ended!', 'ended!', 'ended!'],
  failed: ['ended!', 'ended!', 'ended!', 'scheduled', 'ended!'],
};

describe('a command on a status', () => {
  const order = (state: StatusState, kind: StatusCommandKind, nowMs = due) =>
    decideStatus(status(state), kind === 'edit' ? { kind, publishAtMs: nowMs + 60_000 } : { kind }, nowMs);

  it.each(statusStates.flatMap((state) => commands.map((kind, index) => [state, kind, table[state][index]!] as const)))('%s: %s is %s', (state, kind, expected) => {
    const decision = order(state, kind);
    expect(decision.ok ? decision.change.state : `${decision.reason}!`).toBe(expected);
  });

  it('gives a new time to what is to go out again, and takes the old cause away', () => {
    for (const [state, kind, next] of [['missed', 'publish', 'scheduled'], ['failed', 'retry', 'scheduled'], ['unknown', 'retry', 'publishing']] as const) {
      expect(order(state, kind, due + 5)).toEqual({ ok: true, change: { state: next, publishAtMs: due + 5, cause: null } });
    }
  });

  it.each(missedPolicies)('never calls one that may be out cancelled, changed or missed when it is tried again (%s)', (policy) => {
    const decision = order('unknown', 'retry', due);
    const retried = { ...status('unknown'), ...(decision.ok && decision.change), cause: undefined } as Status;
    expect(decideStatus(retried, { kind: 'cancel' }, due)).toMatchObject({ ok: false });
    expect(decideStatus(retried, { kind: 'edit', publishAtMs: due + 60_000 }, due)).toMatchObject({ ok: false });
    for (const nowMs of [due, onTime, tooLate - 1, tooLate]) expect(['failed', 'missed']).not.toContain(nextStep(retried, policy, nowMs).change?.state);
  });

  it('cannot move it to the past, nor take back what everybody has stopped seeing', () => {
    expect(decideStatus(status('scheduled'), { kind: 'edit', publishAtMs: due - ON_TIME_MS - 1 }, due)).toEqual({ ok: false, reason: 'past' });
    expect(decideStatus(status('published', { publishedAtMs: due }), { kind: 'remove' }, tooLate)).toEqual({ ok: false, reason: 'ended' });
  });

  it('is refused for each reason there is', () => {
    const seen = new Set([...Object.values(table).flat().filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1)), 'past']);
    expect([...seen].sort()).toEqual([...statusRefusals].sort());
  });
});
