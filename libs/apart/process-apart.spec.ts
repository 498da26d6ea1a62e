import { afterAll, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.js';
import { entryBeside, ProcessApart } from './process-apart.js';
import type { Scripted } from './scripted-entry.js';

const entry = entryBeside('scripted-entry', import.meta.url);
const apart = new ProcessApart<Scripted, number | string[]>(entry, { megabytes: 200, milliseconds: 30_000 });
const hurried = new ProcessApart<Scripted, number | string[]>(entry, { megabytes: 200, milliseconds: 2_500 });
afterAll(() => Promise.all([apart.close(), hurried.close()]));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a process apart', { timeout: 60_000 }, () => {
  it('answers question after question, warm, and holds no secrets', async () => {
    const pids = await Promise.all([apart.ask('pid'), apart.ask('pid')]);
    expect(pids[0]).not.toBe(process.pid);
    expect(pids[1]).toBe(pids[0]);
    expect(await apart.ask('environment')).toEqual([]);
  });

  it.each([['loop', 'late', hurried], ['heap', 'died', apart], ['buffers', 'died', apart], ['throw', 'died', apart]] as const)('asked to %s is ended, this one goes on meanwhile, and the next question is answered', async (act, why, asked) => {
    const pid = (await asked.ask('pid')) as number;
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 10);
    await expect(asked.ask(act)).rejects.toMatchObject({ name: 'ApartFailure', why, message: why });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(2);
    await waitFor('it is gone', async () => !isAlive(pid));
    expect(await asked.ask('pid')).not.toBe(pid);
  });

  it('that somebody kills is no fault of the question', async () => {
    const pid = (await apart.ask('pid')) as number;
    process.kill(pid, 'SIGTERM');
    expect(await apart.ask('pid')).toBe(pid);
    process.kill(pid, 'SIGKILL');
    expect(await apart.ask('pid')).not.toBe(pid);
  });

  it('that cannot be started is no fault of the question either', async () => {
    await expect(new ProcessApart(entryBeside('nowhere', import.meta.url), { megabytes: 200, milliseconds: 1_000 }).ask('x')).rejects.toThrow('ended before it began');
  });
});
