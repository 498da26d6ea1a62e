import { describe, expect, it } from 'vitest';
import type { Rehearsal } from './rehearsal.js';
import { rehearse } from './scripted-flows.js';
import { FakeIsp } from './scripted-isp.js';
import type { Outcome, Step } from './state.js';

const late = 'Su mensaje nos llegó tarde: lo escribió hace';

/** Messages by their age in hours when they are first seen; what comes after the outage in one go. */
function arrive(chat: Rehearsal, ...hours: (number | { owner: number } | { gesture: number })[]): Step[] {
  const inputs = hours.map((one) => {
    const age = typeof one === 'number' ? one : 'owner' in one ? one.owner : one.gesture;
    const isGesture = typeof one === 'object' && 'gesture' in one;
    const message = chat.message(isGesture ? { kind: 'gesture' } : { kind: 'text', text: 'hola' }, typeof one === 'object' && 'owner' in one ? 'owner' : 'customer');
    return message.kind === 'message' ? { ...message, atMs: chat.nowMs - age * 3_600_000 } : message;
  });
  return chat.decide(inputs);
}

describe('messages that come late', () => {
  it.each<[string, Parameters<typeof arrive>[1][], string[], Outcome[], boolean]>([
    ['just in time: the bot answers', [5.9], [], ['answered'], true],
    ['late: one silent ticket', [6.1], [`${late} 6 horas`], ['agent'], false],
    ['late, very', [72], [`${late} 3 días`], ['agent'], false],
    ['late and fresh in one burst: one ticket for all of it, in order', [9, 7, 0.1, 0], [`${late} 9 horas`], ['agent', 'agent', 'agent', 'agent'], false],
    ['fresh before late, by clocks that differ', [0, 8], [`${late} 8 horas`], ['agent', 'agent'], false],
    ['a late reaction asks for nothing', [{ gesture: 9 }], [], ['noted'], false],
    ['answered by the owner meanwhile: nobody else has to', [9, { owner: 8.9 }], [], ['silent:owner', 'owner'], false],
    ['written again long after the owner’s silence is over', [9, { owner: 8.9 }, 7], [`${late} 7 horas`], ['silent:owner', 'owner', 'agent'], false],
  ])('%s', (_name, ages, summaries, outcomes, speaks) => {
    const chat = rehearse(new FakeIsp());
    const said = chat.answer(arrive(chat, ...ages));
    expect(chat.summaries).toEqual(summaries);
    expect([...chat.outcomes].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome)).toEqual(outcomes);
    expect(said.length > 0).toBe(speaks);
  });

  it('go to the agents who have a ticket already, as any message', () => {
    const chat = rehearse(new FakeIsp());
    chat.write('agente', 'Se cortó la fibra');
    expect(chat.answer(arrive(chat, 9))).toEqual([]);
    expect([chat.summaries.length, chat.outcomes.get(3)]).toEqual([1, 'agent']);
  });

  it('are not those that were decided in time, though the answer to them was found after the outage', () => {
    const isp = new FakeIsp();
    const chat = rehearse(isp);
    chat.write('hola');
    const [query] = chat.decide([chat.message({ kind: 'text', text: 'saldo' })]);
    if (query?.kind !== 'query') throw new Error('the bot asks nothing');
    const result = { kind: 'result' as const, step: query.id, result: isp.ask(query.query) };
    expect(chat.wait(8 * 60).answer(chat.decide([result]))[0]).toMatch(/^Debés/u);
    expect([chat.summaries, chat.outcomes.get(2)]).toEqual([[], 'answered']);
  });

  it('are what the company calls late', () => {
    const chat = rehearse(new FakeIsp());
    chat.settings.limits.lateAfterMinutes = 30;
    chat.answer(arrive(chat, 0.6));
    expect(chat.summaries).toEqual([`${late} 36 minutos`]);
  });
});
