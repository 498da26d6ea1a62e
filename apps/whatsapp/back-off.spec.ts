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

  it('brings two hundred numbers that were dropped at once back over the whole wait, not in step', () => {
    const waits = Array.from({ length: 200 }, (_, index) => new BackOff({ firstMs: 1_000, mostMs: 5_000 }, () => index / 200).next());
    for (let fromMs = 0; fromMs < 1_000; fromMs += 100) expect(waits.filter((ms) => ms >= fromMs && ms < fromMs + 100).length).toBeLessThanOrEqual(23);
    expect(Math.min(...waits)).toBe(100);
    expect(Math.max(...waits)).toBeGreaterThan(990);
  });

  it('ends a pause early when it is told to', async () => {
    const abort = new AbortController();
    const waiting = pause(60_000, abort.signal);
    abort.abort();
    await waiting;
    await pause(60_000, abort.signal);
  });
});
