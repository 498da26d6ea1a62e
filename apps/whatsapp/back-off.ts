/** How long to wait before the next try, in ms: growing, with jitter, so that many numbers do not come back in step. */
export class BackOff {
  private failures = 0;

  /** @param random in [0, 1) */
  constructor(
    private readonly limits: { firstMs: number; mostMs: number },
    private readonly random: () => number = Math.random,
  ) {}

  /** The wait after one more failure: between a tenth and all of first, twice first, … up to the most. */
  next(): number {
    const { firstMs, mostMs } = this.limits;
    const whole = Math.min(firstMs * 2 ** Math.min(this.failures++, 30), mostMs);
    return whole * (0.1 + 0.9 * this.random());
  }

  /** It worked: begin anew. */
  reset(): void {
    this.failures = 0;
  }
}

/** Waits, or less if the signal aborts meanwhile. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
