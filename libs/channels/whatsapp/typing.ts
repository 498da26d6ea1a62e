/** Messages that wait for their typing to end; whatever is beyond this was given up long ago. */
const REMEMBERED = 1_000;

/** Which messages the bot is being seen to type, and until when: in memory, as nothing of it is promised. */
export class Typing {
  private readonly untilMs = new Map<string, number>();

  /** Begins, or goes on. @returns how long it still takes, in ms */
  leftMs(message: string, tookMs: number, nowMs: number): number {
    const until = this.untilMs.get(message) ?? nowMs + tookMs;
    this.untilMs.set(message, until);
    for (const oldest of this.untilMs.keys()) {
      if (this.untilMs.size <= REMEMBERED) break;
      this.untilMs.delete(oldest);
    }
    return Math.max(until - nowMs, 0);
  }

  isUnderWay = (message: string): boolean => this.untilMs.has(message);

  hasEnded(message: string, nowMs: number): boolean {
    const until = this.untilMs.get(message);
    return until !== undefined && until <= nowMs;
  }

  /** The message leaves. @returns whether it was typed */
  stop = (message: string): boolean => this.untilMs.delete(message);
}
