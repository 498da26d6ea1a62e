import { describe, expect, it } from 'vitest';
import { BackOff, pause } from './back-off.js';

describe('backing off', () => {
  it('doubles up to the most, and begins anew after a success', () => {
    const backOff = new BackOff({ firstMs: 100, mostMs: 2_000 }, () => 0.999_999);
    const waits = Array.from({ length: 7 }, () => Math.round(backOff.next()));
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
    backOff.reset();
    expect(Math.round(backOff.next())).toBe(100);
  });

  it('waits at least half of that, and more where the network refuses', () => {
    const backOff = new BackOff({ firstMs: 100, mostMs: 2_000 }, () => 0);
    expect(backOff.next()).toBe(50);
    for (let i = 0; i < 40; i++) backOff.next(30_000);
    expect(backOff.next(30_000)).toBe(15_000);
  });

  it('ends a pause early when it is told to', async () => {
    const abort = new AbortController();
    const waiting = pause(60_000, abort.signal);
    abort.abort();
    await waiting;
    await pause(60_000, abort.signal);
  });
});
