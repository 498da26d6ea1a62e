/** How long to wait before the next try, in ms: growing, with jitter, so that many numbers do not come back in step. */
export class BackOff {
  private failures = 0;

  /** @param random in [0, 1) */
  constructor(
    private readonly limits: { firstMs: number; mostMs: number },
    private readonly random: () => number = Math.random,
  ) {}

  /** The wait after one more failure: between half and all of first, twice first, … up to the most. */
  next(mostMs = this.limits.mostMs): number {
    const whole = Math.min(this.limits.firstMs * 2 ** Math.min(this.failures++, 30), mostMs);
    return whole * (0.5 + this.random() / 2);
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
