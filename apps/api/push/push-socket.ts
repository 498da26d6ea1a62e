import type { WebSocket } from 'ws';
import type { Person } from '../../../libs/domain/ticket/access.js';
import type { Stretch } from './change-log.js';
import { told, type Change } from './sight.js';

/** Code with which a socket is closed whose session is over. */
export const SESSION_OVER = 4401;
const GOING_AWAY = 1001;
/** What may wait for a slow client, in bytes. Whoever is slower is told to read everything again instead. */
const MOST_WAITING_BYTES = 256 * 1024;
const DRAIN_CHECK_MS = 250;

/** What the server says. `reset`: anything may have changed. */
export type PushMessage = { cursor: number; changes: Change[] } | { cursor: number; reset: true };

export interface PushSocketParts {
  socket: WebSocket;
  /** Id of the session's row. */
  session: string;
  person: Person;
  /** Who the session's holder is now; undefined when it is over. @throws when the database is away */
  look(): Promise<Person | undefined>;
}

const isSame = (one: Person, other: Person): boolean =>
  one.role === other.role && one.departments.length === other.departments.length && one.departments.every((id) => other.departments.includes(id));

/** One screen's socket: told of what its person may see, in order, and only as fast as it listens. */
export class PushSocket {
  readonly session: string;
  #person: Person;
  #queue: Promise<void> = Promise.resolve();
  #cursor = 0;
  #cursorSaid = -1;
  #lagging = false;
  #answered = true;

  constructor(private readonly parts: PushSocketParts) {
    this.session = parts.session;
    this.#person = parts.person;
    parts.socket.on('pong', () => (this.#answered = true));
  }

  /** Says, after all that was said before, what of a stretch of the log this person may see. */
  tell(reading: Stretch | Promise<Stretch>): void {
    this.#queue = this.#queue.then(async () => this.#say(await reading)).catch(() => this.end(GOING_AWAY));
  }

  /** Where the log is, without a change: what the client comes back with. */
  greet(cursor: number): void {
    this.tell({ cursor, changes: [], reset: false, withheld: false });
    this.#queue = this.#queue.then(() => this.#sayCursor());
  }

  /** Looks whether the session still stands, and whether its person sees more or less than before. */
  verify(): void {
    this.#queue = this.#queue.then(async () => {
      if (await this.#sightChanged()) this.#send({ cursor: this.#cursor, reset: true });
    }).catch(() => undefined); // looked at again soon
  }

  /** Asks for a sign of life, and ends the socket when there was none since the last time. */
  beat(): void {
    if (!this.#answered) return this.parts.socket.terminate();
    this.#answered = false;
    this.parts.socket.ping();
    this.#sayCursor();
  }

  end(code: number): void {
    this.parts.socket.close(code);
  }

  async #say({ cursor, changes, reset }: Stretch): Promise<void> {
    this.#cursor = cursor;
    const concernsMe = changes.some(({ topic, subject }) => topic === 'user' && subject === this.#person.id);
    if (reset || (concernsMe && (await this.#sightChanged()))) return this.#send({ cursor, reset: true });
    const mine = told(this.#person, changes);
    if (mine.length > 0) this.#send({ cursor, changes: mine });
  }

  async #sightChanged(): Promise<boolean> {
    const person = await this.parts.look();
    if (!person) {
      this.end(SESSION_OVER);
      return false;
    }
    const changed = !isSame(this.#person, person);
    this.#person = person;
    return changed;
  }

  #sayCursor(): void {
    if (this.#cursorSaid !== this.#cursor && !this.#lagging) this.#send({ cursor: this.#cursor, changes: [] });
  }

  #send(message: PushMessage): void {
    const { socket } = this.parts;
    if (this.#lagging || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_WAITING_BYTES) return this.#lag();
    this.#cursorSaid = message.cursor;
    socket.send(JSON.stringify(message));
  }

  /** Says nothing until the client has read what waits for it; then one word for all that it missed. */
  #lag(): void {
    this.#lagging = true;
    const look = (): void => {
      const { socket } = this.parts;
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > 0) return void setTimeout(look, DRAIN_CHECK_MS).unref();
      this.#lagging = false;
      this.#send({ cursor: this.#cursor, reset: true });
    };
    setTimeout(look, DRAIN_CHECK_MS).unref();
  }
}
