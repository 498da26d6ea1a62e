/** Lets a bounded number of works run at once for each key; the others wait in the order in which they came. */
export class KeyedSlots {
  readonly #lanes = new Map<string, { running: number; waiting: (() => void)[] }>();

  constructor(private readonly most: number) {}

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    await this.#enter(key);
    try {
      return await work();
    } finally {
      this.#leave(key);
    }
  }

  #enter(key: string): Promise<void> | undefined {
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] };
    this.#lanes.set(key, lane);
    if (lane.running < this.most) {
      lane.running += 1;
      return undefined;
    }
    return new Promise((resolve) => void lane.waiting.push(resolve));
  }

  /** Hands the slot on, or gives it back. */
  #leave(key: string): void {
    const lane = this.#lanes.get(key)!;
    const next = lane.waiting.shift();
    if (next) return next();
    lane.running -= 1;
    if (lane.running === 0) this.#lanes.delete(key);
  }
}
