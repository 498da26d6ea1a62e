import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedSlots } from './keyed-slots.js';

describe('slots', () => {
  it('let no more than so many run at once for a key, in the order of arrival, and other keys are not held up', async () => {
    const slots = new KeyedSlots(2);
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    };
    const all = [...['a1', 'a2', 'a3', 'a4'].map((name) => slots.run('a', work(name))), slots.run('b', work('b1'))];
    await setImmediate();
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    ends[0]!();
    await setImmediate();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
    for (let i = 1; i < 4; i++) ends[i]!();
    await setImmediate();
    ends[4]!();
    await Promise.all(all);
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });

  it('are given back by what fails', async () => {
    const slots = new KeyedSlots(1);
    await expect(slots.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run('a', () => Promise.resolve('yes'))).toBe('yes');
  });
});
