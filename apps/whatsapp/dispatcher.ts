/** A conversation whose messages up to a number wait for its workflow. */
export interface Arrived {
  company: string;
  channel: string;
  conversation: string;
  upTo: number;
  debounceMs: number;
}

/** Signals under way at most; the rest waits, one entry a conversation. */
const IN_FLIGHT = 50;
/**
 * A signal that Temporal took is not lost, so its repeats may be rare: while no worker runs, or one conversation cannot decide, the
 * sweeper finds the same rows every two seconds, and each repeat is an event in a history that may have 10,000 of them.
 */
const REPEATS = { firstMs: 2_000, mostMs: 120_000 };
const REMEMBERED = 10_000;

interface Told {
  upTo: number;
  waitMs: number;
  againAtMs: number;
}

/**
 * Tells conversations' workflows of committed messages. Never blocks the journal and never throws: one signal a conversation at a
 * time, carrying the highest number; what fails is left to the sweeper, which finds it in the rows.
 */
export class Dispatcher {
  private readonly waiting = new Map<string, Arrived>();
  private readonly running = new Set<string>();
  /** What Temporal took, the latest last. */
  private readonly told = new Map<string, Told>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly arrive: (arrived: Arrived) => Promise<void>,
    private readonly log: { failed(error: unknown): void; took(arrived: Arrived, ms: number): void },
    private readonly now: () => number = Date.now,
  ) {}

  /** Returns at once. What Temporal was told a moment ago is not told again. */
  tell(arrived: Arrived): void {
    const told = this.told.get(arrived.conversation);
    if (told && arrived.upTo <= told.upTo && this.now() < told.againAtMs) return;
    const known = this.waiting.get(arrived.conversation);
    if (!known || known.upTo < arrived.upTo) this.waiting.set(arrived.conversation, arrived);
    this.pump();
  }

  /** Resolves when nothing waits or runs. */
  settled(): Promise<void> {
    if (!this.waiting.size && !this.running.size) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private pump(): void {
    for (const [conversation, arrived] of this.waiting) {
      if (this.running.size >= IN_FLIGHT) return;
      if (this.running.has(conversation)) continue;
      this.waiting.delete(conversation);
      this.running.add(conversation);
      void this.send(arrived);
    }
    if (this.running.size || this.waiting.size) return;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async send(arrived: Arrived): Promise<void> {
    const beganAt = performance.now();
    try {
      await this.arrive(arrived);
      this.remember(arrived);
      this.log.took(arrived, performance.now() - beganAt);
    } catch (error) {
      this.log.failed(error);
    }
    this.running.delete(arrived.conversation);
    this.pump();
  }

  private remember({ conversation, upTo }: Arrived): void {
    const before = this.told.get(conversation);
    const waitMs = before && before.upTo >= upTo ? Math.min(before.waitMs * 2, REPEATS.mostMs) : REPEATS.firstMs;
    this.told.delete(conversation);
    this.told.set(conversation, { upTo, waitMs, againAtMs: this.now() + waitMs });
    for (const oldest of this.told.keys()) {
      if (this.told.size <= REMEMBERED) break;
      this.told.delete(oldest);
    }
  }
}
