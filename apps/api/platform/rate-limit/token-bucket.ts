/** How much at once, and how much for ever. */
export interface Limit {
  /** Requests that may come at once. */
  burst: number;
  /** Requests a second that may come for ever. */
  perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** From so many callers on, those whose bucket is full again are forgotten, which changes nothing for them. */
const MANY = 10_000;
const FORGET_EVERY_MS = 5_000;

/** Token buckets by key, in memory. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  #forgotAt = -Infinity;

  constructor(private readonly limit: Limit) {}

  /**
   * Takes one token of a key's bucket.
   * @param now milliseconds
   * @returns 0, or the seconds after which there will be one
   */
  take(key: string, now: number): number {
    const tokens = this.#filled(this.#buckets.get(key), now);
    if (tokens < 1) return Math.ceil((1 - tokens) / this.limit.perSecond);
    this.#buckets.set(key, { tokens: tokens - 1, at: now });
    if (this.#buckets.size > MANY && now - this.#forgotAt > FORGET_EVERY_MS) this.#forget(now);
    return 0;
  }

  #filled(bucket: Bucket | undefined, now: number): number {
    if (!bucket) return this.limit.burst;
    return Math.min(this.limit.burst, bucket.tokens + ((now - bucket.at) / 1_000) * this.limit.perSecond);
  }

  #forget(now: number): void {
    this.#forgotAt = now;
    for (const [key, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.limit.burst) this.#buckets.delete(key);
    }
  }
}
