import type { Range, TypingSettings } from './settings.js';

/** Pure: how long somebody would have typed this, in ms; 0 where typing is off. @param chars of the text */
export function typingMs({ msPerChar, leastMs, mostMs }: TypingSettings, chars: number): number {
  return msPerChar === 0 ? 0 : Math.min(Math.max(chars * msPerChar, leastMs), mostMs);
}

/** Pure: a wait within a range. @param random in [0, 1) */
export const drawnMs = ({ leastMs, mostMs }: Range, random: number): number => Math.round(leastMs + (mostMs - leastMs) * random);

/**
 * The least distance between any two messages of one number. Each message gets a slot of its own, in the order of asking, and keeps it
 * until it leaves. One without a gap (a person's) waits for nobody.
 */
export class Slots {
  private nextMs = 0;
  private readonly slots = new Map<string, number>();

  /** When a message may leave. @param gapMs the least; up to a quarter more is drawn @param random in [0, 1) */
  of(message: string, nowMs: number, gapMs: number, random: number): number {
    if (gapMs === 0) return nowMs;
    const known = this.slots.get(message);
    if (known !== undefined) return known;
    const slotMs = Math.max(nowMs, this.nextMs);
    this.nextMs = slotMs + Math.ceil(gapMs * (1 + random / 4));
    this.slots.set(message, slotMs);
    return slotMs;
  }

  /** It leaves: what it kept is forgotten. */
  leave(message: string): void {
    this.slots.delete(message);
  }
}
