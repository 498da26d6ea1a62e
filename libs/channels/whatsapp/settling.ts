import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Session } from './session.js';
import type { SessionStore, Settlement } from './store.js';

/**
 * What becomes known of sent messages, on its way to their rows. While one statement is under way, what comes goes together into
 * the next: an ack and the marks that follow it wait for the same row's lock otherwise. Nothing waits for a clock.
 */
export class Settling {
  private next: { settlements: Settlement[]; settled: Promise<void> } | undefined;
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly parts: { session: Session; store: SessionStore }) {}

  /** Resolves when PostgreSQL has it. A failure ends the session. @throws Discarded when the session has ended */
  settle(...settlements: readonly Settlement[]): Promise<void> {
    const batch = this.next ?? this.open();
    batch.settlements.push(...settlements);
    return batch.settled;
  }

  private open() {
    const { session, store } = this.parts;
    const settlements: Settlement[] = [];
    const settled = this.tail.then(nextTurn).then(() => {
      this.next = undefined;
      return session.alongside(() => store.settle(settlements));
    });
    this.tail = settled.catch(() => undefined);
    this.next = { settlements, settled };
    return this.next;
  }
}
