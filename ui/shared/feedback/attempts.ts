import { Injectable, inject } from '@angular/core';
import { ApiProblem } from '../api/problem';
import { injectProblemText } from './inject-problem';
import { Toasts } from './toasts';

/** Runs commands whose refusal is told in a toast. */
@Injectable({ providedIn: 'root' })
export class Attempts {
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();

  /** What the command answers; undefined if the API refused or was away, which the person then reads. */
  async run<T>(command: Promise<T>): Promise<{ readonly done: T } | undefined> {
    try {
      return { done: await command };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#toasts.show({ icon: 'alert', words: this.#problemText(error) });
      return undefined;
    }
  }
}
