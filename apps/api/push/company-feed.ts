import type { MikroORM } from '../../../libs/db/orm.js';
import { endOfLog, readLog } from './change-log.js';
import type { PushSocket } from './push-socket.js';

/** While an older transaction holds changes back, the log is looked at again after this, and twice as long each time. */
const FIRST_WITHHELD_MS = 15;
const MOST_WITHHELD_MS = 500;

/** One company's change log, read once for all of its sockets. */
export class CompanyFeed {
  readonly #sockets = new Set<PushSocket>();
  #pulling: Promise<void> | undefined;
  #again = false;
  #withheldMs = FIRST_WITHHELD_MS;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly orm: MikroORM,
    readonly company: string,
    private cursor: number,
  ) {}

  /** From here on nothing of the company's changes is missed. */
  static async open(orm: MikroORM, company: string): Promise<CompanyFeed> {
    return new CompanyFeed(orm, company, await endOfLog(orm, company));
  }

  get sockets(): ReadonlySet<PushSocket> {
    return this.#sockets;
  }

  /** Reads on at least as far as a client already is: another process of ours may have told it more than this one has read. */
  async reach(cursor: number | undefined): Promise<void> {
    if (cursor !== undefined && cursor > this.cursor) await this.pull();
  }

  /** @param cursor how far the client is; without one it has just begun, and reads the lists itself */
  join(socket: PushSocket, cursor: number | undefined): void {
    this.#sockets.add(socket);
    if (cursor === undefined) return socket.greet(this.cursor);
    const isUnknown = cursor > this.cursor;
    const missed = { cursor: this.cursor, changes: [], reset: true, withheld: false };
    socket.tell(isUnknown ? missed : readLog(this.orm, this.company, cursor, this.cursor));
    socket.greet(this.cursor);
  }

  leave(socket: PushSocket): void {
    this.#sockets.delete(socket);
    if (this.#sockets.size === 0) clearTimeout(this.#timer);
  }

  /** Something may have happened: reads and tells it. A call during a reading has one more follow. */
  pull(): Promise<void> {
    if (this.#pulling) this.#again = true;
    this.#pulling ??= this.#read().finally(() => (this.#pulling = undefined));
    return this.#pulling;
  }

  async #read(): Promise<void> {
    do {
      this.#again = false;
      clearTimeout(this.#timer);
      const stretch = await readLog(this.orm, this.company, this.cursor);
      this.cursor = stretch.cursor;
      if (stretch.reset || stretch.changes.length > 0) for (const socket of this.#sockets) socket.tell(stretch);
      if (stretch.withheld) this.#lookAgain();
      else this.#withheldMs = FIRST_WITHHELD_MS;
    } while (this.#again);
  }

  #lookAgain(): void {
    if (this.#sockets.size === 0) return;
    this.#timer = setTimeout(() => void this.pull().catch(() => undefined), this.#withheldMs).unref(); // else the slow poll looks
    this.#withheldMs = Math.min(this.#withheldMs * 2, MOST_WITHHELD_MS);
  }
}
