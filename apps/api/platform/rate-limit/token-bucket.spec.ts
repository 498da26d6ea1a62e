import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './token-bucket.js';

describe('token buckets', () => {
  it('let a burst through, then say how long to wait', () => {
    const buckets = new TokenBuckets({ burst: 3, perSecond: 0.5 });
    expect([0, 0, 0].map(() => buckets.take('a', 1_000))).toEqual([0, 0, 0]);
    expect(buckets.take('a', 1_000)).toBe(2);
    expect(buckets.take('a', 2_500)).toBe(1);
  });

  it('fill up with time, and never above the burst', () => {
    const buckets = new TokenBuckets({ burst: 2, perSecond: 1 });
    buckets.take('a', 0);
    buckets.take('a', 0);
    expect(buckets.take('a', 1_000)).toBe(0);
    expect([0, 0, 0].map(() => buckets.take('a', 3_600_000))).toEqual([0, 0, 1]);
  });

  it('are each key’s own', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
    expect(buckets.take('a', 0)).toBe(0);
    expect(buckets.take('b', 0)).toBe(0);
    expect(buckets.take('a', 0)).toBe(1);
  });

  it('do not forget whoever is being slowed down, however many others come', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 0.001 });
    buckets.take('a', 0);
    for (let other = 0; other < 10_500; other++) buckets.take(`other ${other}`, 1);
    expect(buckets.take('a', 2)).toBeGreaterThan(0);
  });
});
