import { describe, expect, it } from 'vitest';
import type { PhoneMessage } from '../stories/simulated-network.js';
import { planOf } from './plan.js';
import { reckon, type Account, type Row } from './tally.js';

const size = { seed: 7, messages: 101, kills: 11, customers: 9, perSecond: 5 };

describe('the plan of a run', () => {
  it('has exactly the messages and kills asked for, and comes again with its seed', () => {
    const plan = planOf(size);
    expect(plan.customers.flat().flatMap(({ pieces }) => pieces)).toHaveLength(101);
    expect(plan.customers).toHaveLength(9);
    expect(plan.kills).toHaveLength(11);
    expect(planOf(size)).toEqual(plan);
    expect(planOf({ ...size, seed: 8 })).not.toEqual(plan);
  });

  it('kills each of them before one dies a third time', () => {
    const kinds = new Set(planOf({ ...size, kills: 8 }).kills.map(({ victim }) => victim));
    expect([...kinds].sort()).toEqual(['api', 'gateway-2', 'postgres', 'temporal', 'whatsapp', 'worker']);
  });
});

/** Two messages, each answered, and the phone shows both. */
function good(): Account & { rows: Row[]; shown: PhoneMessage[] } {
  const row = { conversation: 'c', outcome: null, state: null, answers: null, seq: null, file: null };
  const shown = (id: string): PhoneMessage => ({ id, at: new Date(2_000).toISOString(), from: 'b', kind: 'text', text: 't', state: 'read' });
  return {
    written: [{ id: 'w1', atMs: 1_000 }, { id: 'w2', atMs: 1_500 }],
    rows: [
      { ...row, id: '1', direction: 'in', wa_id: 'w1', seq: '1', outcome: 'answered' },
      { ...row, id: '2', direction: 'in', wa_id: 'w2', seq: '2', outcome: 'answered' },
      { ...row, id: '3', direction: 'out', wa_id: 'o1', state: 'read', answers: ['1'] },
      { ...row, id: '4', direction: 'out', wa_id: 'o2', state: 'sent', answers: ['2'] },
    ],
    shown: [shown('o1'), shown('o2')],
    lastSeq: 2,
    handled: 2,
  };
}
const reckoned = (change: (account: ReturnType<typeof good>) => void) => {
  const account = good();
  change(account);
  const { lost, doubled, disordered, late } = reckon('x', account, 0);
  return [lost, doubled, disordered, late].map((list) => (list.length > 0 ? 1 : 0)).join('');
};

describe('the reckoning: lost, doubled, disordered, late', () => {
  it.each<[string, string, (account: ReturnType<typeof good>) => void]>([
    ['0000', 'all is well', () => undefined],
    ['1000', 'a message without a row', ({ rows }) => void rows.splice(1, 1)],
    ['1000', 'a row without an outcome', ({ rows }) => void (rows[1]!.outcome = null)],
    ['1000', 'an answer that answers nothing', ({ rows }) => void (rows[3]!.answers = [])],
    ['1000', 'a picture that was never fetched', ({ rows }) => void (rows[0]!.file = 'wanted')],
    ['1000', 'an answer in doubt', ({ rows }) => void (rows[3]!.state = 'unknown')],
    ['1000', 'an answer that the phone never showed', ({ shown }) => void shown.pop()],
    ['1000', 'a workflow that is behind', (account) => void (account.handled = 1)],
    ['0100', 'a message answered twice', ({ rows }) => void (rows[3]!.answers = ['1', '2'])],
    ['0100', 'an answer shown twice', ({ shown, rows }) => { shown.push(shown[1]!); rows.push({ ...rows[3]!, id: '5', answers: [] }); }],
    ['0100', 'two conversations', ({ rows }) => void (rows[1]!.conversation = 'd')],
    ['0010', 'answers the other way round', ({ shown }) => void shown.reverse()],
    ['0010', 'rows the other way round', ({ rows }) => { rows[0]!.seq = '2'; rows[1]!.seq = '1'; rows[2]!.answers = ['2']; rows[3]!.answers = ['1']; }],
    ['0010', 'something shown that was never said', ({ shown }) => void shown.push({ ...shown[0]!, id: 'o9' })],
    ['0001', 'an answer that came two minutes later', ({ shown }) => void (shown[1]!.at = new Date(122_000).toISOString())],
  ])('%s for %s', (expected, _what, change) => {
    expect(reckoned(change)).toBe(expected);
  });
});
