import { DestroyRef, Injectable, inject } from '@angular/core';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';

/** A phone says again that somebody types after this time. */
const repeatMs = 8_000;
/** Who writes no letter for that long has stopped. */
const pauseMs = 4_000;

/** Tells the business that the customer is typing, as a phone does while letters are written. */
@Injectable({ providedIn: 'root' })
export class PersonTyping {
  readonly #api = inject(SimulatorApi);
  #told: { person: string; to: string; at: number } | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#pause));
  }

  typed(person: string, to: string, writing: boolean): void {
    clearTimeout(this.#pause);
    if (!writing) return this.#stop();
    this.#pause = setTimeout(() => this.#stop(), pauseMs);
    const told = this.#told;
    if (told?.person === person && told.to === to && Date.now() - told.at < repeatMs) return;
    this.#stop();
    this.#told = { person, to, at: Date.now() };
    this.#tell(person, to, 'composing');
  }

  #stop(): void {
    if (this.#told) this.#tell(this.#told.person, this.#told.to, 'paused');
    this.#told = undefined;
  }

  /** It is a hint: one that does not arrive is nobody's loss. */
  #tell(person: string, to: string, state: 'composing' | 'paused'): void {
    this.#api.type(person, { to, state }).catch((error: unknown) => {
      if (!(error instanceof SimulatorError)) throw error;
    });
  }
}
