import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import type { NetworkEvent } from './types';

export type Link = 'connecting' | 'online' | 'offline' | 'back';

const retryMs = 1_000;
/** How long "Reconectado" stays. */
const backMs = 4_000;

/**
 * The simulator's event stream. It tells that something changed; what is true is read from the API, so that a lost event costs nothing.
 * EventSource comes back by itself after a cut, but gives up for good on an answer that is no stream (a proxy's error
 * page, a 404): then it is opened anew.
 */
@Injectable({ providedIn: 'root' })
export class Live {
  readonly link = signal<Link>('connecting');
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changed: (event?: NetworkEvent) => void = () => undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#source?.close();
      clearTimeout(this.#timer);
    });
  }

  /** Opens the stream; `changed` is called for each event, and without one whenever the stream was opened (some may have been missed). */
  listen(changed: (event?: NetworkEvent) => void): void {
    this.#changed = changed;
    this.#open();
  }

  #open(): void {
    const source = new EventSource('/events');
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onmessage = ({ data }) => this.#changed(JSON.parse(String(data)) as NetworkEvent);
    source.onerror = () => this.#cut(source);
  }

  #opened(): void {
    clearTimeout(this.#timer);
    if (this.link() === 'offline') {
      this.link.set('back');
      this.#timer = setTimeout(() => this.link.set('online'), backMs);
    } else if (this.link() === 'connecting') {
      this.link.set('online');
    }
    this.#changed();
  }

  #cut(source: EventSource): void {
    clearTimeout(this.#timer);
    this.link.set('offline');
    if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.#open(), retryMs);
  }
}
