/**
 * One after another for each chat. Baileys keeps offline stanzas in a queue of its own and hands live ones straight on, so that a
 * live message overtakes the backlog of its chat; with this in front it cannot.
 */
export class Gate {
  private readonly tails = new Map<string, Promise<void>>();

  /** @param onError takes what `work` throws: a stanza that fails must not hold up its chat */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Runs `work` when all earlier work of this chat has ended. */
  pass(chat: string, work: () => Promise<void>): void {
    const before = this.tails.get(chat) ?? Promise.resolve();
    const run = before.then(work).catch(this.onError);
    this.tails.set(chat, run);
    void run.then(() => {
      if (this.tails.get(chat) === run) this.tails.delete(chat);
    });
  }

  /** Chats that have something under way. */
  get busy(): number {
    return this.tails.size;
  }
}

type Listener = (...values: unknown[]) => unknown;

/** The part of an event emitter that taking over a listener needs. */
export interface Listenable {
  listeners(event: string): unknown[];
  off(event: string, listener: Listener): unknown;
  on(event: string, listener: Listener): unknown;
}

/**
 * Takes Baileys' own listener off an event, to be called by ours.
 * @throws Error unless there is exactly one: an upgrade of the client that changes it must not pass unnoticed
 */
export function takeOver<T>(emitter: Listenable, event: string): (value: T) => unknown {
  const found = emitter.listeners(event);
  if (found.length !== 1) {
    throw new Error(`The WhatsApp client has ${found.length} listeners for ${event}, not one: check what its upgrade changed`);
  }
  const native = found[0] as (value: T) => unknown;
  emitter.off(event, native as Listener);
  return native;
}
