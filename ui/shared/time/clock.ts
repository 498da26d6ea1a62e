import { Injectable, type Signal, inject, signal, DestroyRef } from '@angular/core';

/** The time as signals, for countdowns and "hace 3 min". */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #second = signal(Date.now());
  readonly #halfMinute = signal(Date.now());
  /** Milliseconds since 1970, new each second. */
  readonly second: Signal<number> = this.#second.asReadonly();
  /** Milliseconds since 1970, new each half minute: for what is told in minutes. */
  readonly halfMinute: Signal<number> = this.#halfMinute.asReadonly();

  constructor() {
    const seconds = setInterval(() => this.#second.set(Date.now()), 1_000);
    const halfMinutes = setInterval(() => this.#halfMinute.set(Date.now()), 30_000);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(seconds);
      clearInterval(halfMinutes);
    });
  }
}
