import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets requests out at a pace: so many a second on average, no more than a second's worth in a row, and so many at a time. Those who wait
 * go in the order in which they came.
 */
export class Pace {
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #nextMs = 0;

  constructor(private readonly perSecond: number, private readonly atOnce: number) {}

  /** @throws the signal's reason, when nobody wants it any more before it is let out */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      signal?.throwIfAborted();
      await this.#turn(signal);
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #enter(): Promise<void> {
    while (this.#running >= this.atOnce) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    this.#running += 1;
  }

  /** Takes the next moment; moments that nobody took are saved up for one second. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const now = performance.now();
    const at = Math.max(this.#nextMs, now - 1_000);
    this.#nextMs = at + 1_000 / this.perSecond;
    if (at > now) await sleep(at - now, undefined, signal ? { signal } : {});
  }
}
