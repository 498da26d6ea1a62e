import { Component, Injectable, inject, signal } from '@angular/core';
import { SimulatorError } from '../simulator/simulator-api';
import { injectReason } from '../i18n/inject-reason';

const shownMs = 5_000;

/** One short sentence about what just happened. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly current = signal<string | undefined>(undefined);
  readonly #reason = injectReason();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(sentence: string): void {
    this.current.set(sentence);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.current.set(undefined), shownMs);
  }

  /** Runs a call and says so if the simulator did not want it; whether it worked. */
  async attempt(call: Promise<unknown>): Promise<boolean> {
    try {
      await call;
      return true;
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.show(this.#reason(error));
      return false;
    }
  }
}

@Component({
  selector: 'phone-toast',
  template: `<div role="status">@if (toasts.current(); as sentence) {<p class="toast">{{ sentence }}</p>}</div>`,
  styles: `:host { position: fixed; left: 16px; right: 16px; top: 6px; display: flex; justify-content: center; pointer-events: none; z-index: 10; }`,
})
export class Toast {
  protected readonly toasts = inject(Toasts);
}
