import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { aloneAt, busyAddresses } from './address-lock.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the lock of a Signal address', () => {
  it('lets one job after another through, in the order they came', async () => {
    const log: string[] = [];
    const job = (name: string) => aloneAt('a.0', async () => {
      log.push(`${name} begins`);
      await turn();
      log.push(`${name} ends`);
    });
    await Promise.all([job('1'), job('2'), job('3')]);
    expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('does not hold up other addresses', async () => {
    let release = (): void => undefined;
    const held = aloneAt('a.0', () => new Promise<void>((resolve) => (release = resolve)));
    await expect(aloneAt('b.0', () => Promise.resolve('through'))).resolves.toBe('through');
    release();
    await held;
  });

  it('goes on after a job that failed, and tells only its caller', async () => {
    const failed = aloneAt('a.0', () => Promise.reject(new Error('bad ratchet')));
    const next = aloneAt('a.0', () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('bad ratchet');
    await expect(next).resolves.toBe('next');
  });

  it('runs each job in the async context of its own caller', async () => {
    const context = new AsyncLocalStorage<string>();
    const seen = await Promise.all(['A', 'B', 'C'].map((name) =>
      context.run(name, () => aloneAt('a.0', async () => {
        await turn();
        return context.getStore();
      }))));
    expect(seen).toEqual(['A', 'B', 'C']);
  });

  it('keeps nothing of addresses that are idle', async () => {
    await aloneAt('a.0', () => Promise.resolve());
    await turn();
    expect(busyAddresses()).toBe(0);
  });
});
