import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { Change, PushMessage } from './change';

export type Link = 'connecting' | 'live' | 'cut' | 'back';
/** Called with what changed; without an argument when anything may have changed. */
export type Listener = (changes?: readonly Change[]) => void;

const firstRetryMs = 500;
const longestRetryMs = 10_000;
/** How long "Reconectado" stays. */
const backMs = 4_000;
/** The server's word for a session that is over. */
const sessionOver = 4401;

/**
 * The server's change log, live. Goes on from the last cursor after a cut, so nothing is missed and nothing is told twice;
 * the first time, and when the cursor got too old, listeners are told that anything may have changed. The server's first word
 * counts, not the open socket: only from the cursor in it on is everything told.
 */
@Injectable({ providedIn: 'root' })
export class Push {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #listeners = new Set<Listener>();
  readonly #link = signal<Link>('connecting');
  readonly link = this.#link.asReadonly();
  /** Called when the socket's session is over (a new one may have taken its place), and when the server will not let it in. */
  onDoubt: () => void = () => undefined;
  #socket: WebSocket | undefined;
  #cursor: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #backTimer: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  constructor() {
    const retry = (): void => {
      if (this.#link() === 'cut') this.#open();
    };
    this.#window.addEventListener('online', retry);
    inject(DestroyRef).onDestroy(() => {
      this.#window.removeEventListener('online', retry);
      this.stop();
    });
  }

  /** Listens until the returned function is called. Opens the socket with the first listener. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#socket && !this.#timer) this.#open();
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#backTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#socket?.close();
    const { protocol, host } = this.#window.location;
    const cursor = this.#cursor === undefined ? '' : `?cursor=${this.#cursor}`;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/push${cursor}`);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#said(socket, String(data));
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  #said(socket: WebSocket, data: string): void {
    if (socket !== this.#socket) return;
    const message = JSON.parse(data) as PushMessage;
    const isBeginning = this.#cursor === undefined;
    this.#cursor = message.cursor;
    if (message.reset || isBeginning) this.#tell();
    else if (message.changes && message.changes.length > 0) this.#tell(message.changes);
    this.#follows();
  }

  /** The gap is closed: what is shown is true again. */
  #follows(): void {
    this.#attempts = 0;
    const wasCut = this.#link() === 'cut';
    if (wasCut) this.#backTimer = setTimeout(() => this.#link.set('live'), backMs);
    if (wasCut || this.#link() === 'connecting') this.#link.set(wasCut ? 'back' : 'live');
  }

  #closed(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    clearTimeout(this.#backTimer);
    this.#socket = undefined;
    if (code === sessionOver || this.#attempts > 0) this.onDoubt();
    if (code !== sessionOver || this.#attempts > 0) this.#link.set('cut');
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempts) * (0.75 + Math.random() / 2);
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.#open(), waitMs);
  }

  #tell(changes?: readonly Change[]): void {
    for (const listener of this.#listeners) listener(changes);
  }
}
