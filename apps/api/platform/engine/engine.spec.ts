import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../../../../libs/config/env.js';
import { openVault } from '../../../../libs/vault/vault.js';
import { TEST_MASTER_KEY } from '../../testing/api-under-test.js';
import type { Sources } from '../sources.js';
import { Engine, type Fate } from './engine.js';

let engine: Engine;
beforeAll(() => {
  const vault = openVault({ masterKey: TEST_MASTER_KEY, loadKeys: () => Promise.resolve([]) });
  engine = new Engine({ env: readEnv({ TEMPORAL_ADDRESS: '127.0.0.1:1' }), vault } as Sources);
});
afterAll(() => engine.onModuleDestroy());

const late = () => Promise.reject(new WorkflowUpdateRPCTimeoutOrCancelledError('late'));
const broken = (rule: string) => Promise.reject(new WorkflowUpdateFailedError('failed', ApplicationFailure.nonRetryable('no', rule)));
const COMMAND = '00000000-0000-4000-8000-000000000001';

interface Asked {
  ids: string[];
  settled: boolean[];
}
const order = (question: (nth: number) => Promise<{ ok: boolean }>, fate: Fate = 'none') => {
  const asked: Asked = { ids: [], settled: [] };
  const answer = engine.order({
    workflow: 'a/1', command: COMMAND,
    question: (_, id) => question(asked.ids.push(id)),
    settle: (isAnswered) => {
      asked.settled.push(isAnswered);
      return Promise.resolve(fate);
    },
  });
  return { asked, answer };
};

describe('a command', () => {
  it('that is done is answered, and nothing of it is taken back', async () => {
    const { asked, answer } = order(() => Promise.resolve({ ok: true }));
    expect(await answer).toEqual({ ok: true });
    expect(asked).toEqual({ ids: [COMMAND], settled: [] });
  });

  it('that is refused leaves nothing behind', async () => {
    const { asked, answer } = order(() => Promise.resolve({ ok: false }));
    expect(await answer).toEqual({ ok: false });
    expect(asked.settled).toEqual([true]);
  });

  it.each([
    ['none', 'engine-away'],
    ['open', 'engine-late'],
  ] as const)('whose answer is late, and of which %s may come, says so: %s', async (fate, code) => {
    const { asked, answer } = order(late, fate);
    await expect(answer).rejects.toMatchObject({ code, details: { headers: { 'retry-after': '5' } } });
    expect(asked.settled).toEqual([false]);
  });

  it('whose answer is late although it was done is as good as answered', async () => {
    expect(await order(late, 'done').answer).toBeUndefined();
  });

  it('whose words were taken back after an earlier call is asked under another id, once', async () => {
    const { asked, answer } = order((nth) => (nth === 1 ? broken('text-unknown') : Promise.resolve({ ok: true })));
    expect(await answer).toEqual({ ok: true });
    expect([asked.ids[0], new Set(asked.ids).size]).toEqual([COMMAND, 2]);
    const again = order(() => broken('text-unknown'));
    await expect(again.answer).rejects.toMatchObject({ code: 'text-unknown' });
    expect(again.asked).toMatchObject({ ids: { length: 2 }, settled: [true] });
  });

  it('that breaks a rule is told by its name', async () => {
    const { asked, answer } = order(() => broken('ticket-unknown'));
    await expect(answer).rejects.toMatchObject({ code: 'ticket-unknown' });
    expect(asked).toEqual({ ids: [COMMAND], settled: [true] });
  });
});
