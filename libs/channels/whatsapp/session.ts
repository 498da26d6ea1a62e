/** What a session closes when it ends. */
export interface Closable {
  end(error: Error | undefined): Promise<void> | void;
}

/** A store operation that was asked for after the session had ended. */
export class Discarded extends Error {
  override readonly name = 'Discarded';
}

/**
 * One socket's life. Credentials, keys, Signal repository and socket live and die with it; the next one reads everything anew.
 * Whatever cannot be committed ends it: the socket is closed first, so that neither receipt nor (negative) ack can go out, and
 * WhatsApp delivers the message again.
 */
export class Session {
  /** Why this session has ended, once it has. */
  dead: Error | undefined;
  /** Resolves once, when the session has ended. Never rejects. */
  readonly ended: Promise<Error>;

  private tell!: (why: Error) => void;
  private socket: Closable | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private readonly running = new Set<Promise<unknown>>();
  private readonly endListeners = new Set<() => void>();

  /** @param epoch the lease's epoch, which every write of this session names */
  constructor(readonly epoch: number) {
    this.ended = new Promise((resolve) => (this.tell = resolve));
  }

  /** Gives the session its socket. A session that has ended meanwhile closes it at once. */
  attach(socket: Closable): void {
    this.socket = socket;
    if (this.dead) void this.close(this.dead);
  }

  /** The one way out. The socket closes first; from here on every store operation is refused. Later calls change nothing. */
  die(why: Error): void {
    if (this.dead) return;
    this.dead = why;
    void this.close(why);
    this.tell(why);
    for (const listener of this.endListeners) listener();
  }

  /**
   * Waits for work, the session's end or a limit, whichever comes first: once the socket has closed, a query that the client began never
   * ends. Nothing of it stays with the session: a `then` on `ended` for each message would keep them all for as long as the link stands.
   * @param limitMs none without it
   * @throws what `work` throws, if that comes first
   */
  async firstOf<T>(work: Promise<T>, otherwise: (why: 'ended' | 'limit') => T, limitMs?: number): Promise<T> {
    let cut!: (value: T) => void;
    const cutShort = new Promise<T>((resolve) => (cut = resolve));
    const ended = () => cut(otherwise('ended'));
    const timer = limitMs === undefined ? undefined : setTimeout(() => cut(otherwise('limit')), limitMs);
    if (this.dead) ended();
    this.endListeners.add(ended);
    try {
      return await Promise.race([work, cutShort]);
    } finally {
      clearTimeout(timer);
      this.endListeners.delete(ended);
    }
  }

  /**
   * Runs store operations of this session one after another, in the order they were asked for. One that fails ends the session.
   * @throws Discarded when the session has ended
   */
  inOrder<T>(operation: () => Promise<T>): Promise<T> {
    const run = this.tail.then(() => this.alongside(operation));
    this.tail = run.catch(() => undefined);
    return run;
  }

  /** @throws Discarded when the session has ended */
  mustLive(): void {
    if (this.dead) throw new Discarded('the session has ended');
  }

  /** As `inOrder`, for what need not wait for the others. */
  async alongside<T>(operation: () => Promise<T>): Promise<T> {
    this.mustLive();
    try {
      const run = operation();
      this.running.add(run);
      return await run.finally(() => this.running.delete(run));
    } catch (error) {
      this.die(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  /** Waits for what was begun before the session ended: none of its writes comes after this. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private async close(why: Error): Promise<void> {
    try {
      await this.socket?.end(new Error(`session ended: ${why.name}`));
    } catch {
      // It is closing anyway.
    }
  }
}
