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
 * Tells conversations' workflows of committed messages. Never blocks the journal and never throws: one signal a conversation at a
 * time, carrying the highest number; what fails is left to the sweeper, which finds it in the rows.
 */
export class Dispatcher {
  private readonly waiting = new Map<string, Arrived>();
  private readonly running = new Set<string>();
  private idle: (() => void)[] = [];

  constructor(
    private readonly arrive: (arrived: Arrived) => Promise<void>,
    private readonly log: { failed(error: unknown): void; took(arrived: Arrived, ms: number): void },
  ) {}

  /** Returns at once. */
  tell(arrived: Arrived): void {
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
      this.log.took(arrived, performance.now() - beganAt);
    } catch (error) {
      this.log.failed(error);
    }
    this.running.delete(arrived.conversation);
    this.pump();
  }
}
