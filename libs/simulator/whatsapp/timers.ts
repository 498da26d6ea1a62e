/** What happens later, until nothing shall happen any more. */
export class Timers {
  private readonly running = new Set<NodeJS.Timeout>();

  /** @param log is told what went wrong in something that happened later */
  constructor(private readonly log: (message: string, error?: unknown) => void) {}

  after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      try {
        act();
      } catch (error) {
        this.log('a phone could not do what it had in mind', error);
      }
    }, delayMs);
    this.running.add(timer);
  }

  stop(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }
}
