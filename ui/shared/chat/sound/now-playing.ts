import { Injectable, signal } from '@angular/core';

export const speeds = [1, 1.5, 2] as const;

/** One sound at a time, all at the speed that the person chose last. */
@Injectable({ providedIn: 'root' })
export class NowPlaying {
  readonly #speed = signal<(typeof speeds)[number]>(1);
  readonly speed = this.#speed.asReadonly();
  #playing: HTMLMediaElement | undefined;

  /** This one plays from now on; what played before rests. */
  begun(element: HTMLMediaElement): void {
    if (this.#playing !== element) this.#playing?.pause();
    this.#playing = element;
  }

  faster(): void {
    this.#speed.update((speed) => speeds[(speeds.indexOf(speed) + 1) % speeds.length]!);
  }
}
