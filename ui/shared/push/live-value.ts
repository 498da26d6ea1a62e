import { DestroyRef, type Signal, effect, inject, signal, untracked } from '@angular/core';
import { ApiProblem } from '../api/problem';
import type { Change } from './change';
import { Push } from './push';

/** Something read from the API that stays true by itself. */
export interface LiveValue<T> {
  /** Undefined until the first answer; kept while it is read again, and when reading again fails. */
  readonly value: Signal<T | undefined>;
  /** Why the last reading failed; undefined: it did not. */
  readonly problem: Signal<ApiProblem | undefined>;
  /** A reading is under way. */
  readonly loading: Signal<boolean>;
  reload(): Promise<void>;
  /** Puts in what is about to be true, before the server says so; `reload()` takes it back. */
  change(how: (value: T) => T): void;
}

/**
 * Reads now, again whenever a signal that `load` reads before its first `await` changes, and again at each change that `follows`
 * accepts. What changes during such a reading is read once more after it, however often it changed; an older answer never
 * replaces a newer one. Call it where `inject()` may be called.
 */
export function injectLive<T>(load: () => Promise<T>, follows: (change: Change) => boolean): LiveValue<T> {
  const reader = new Reader(load);
  effect(() => {
    const reading = load();
    untracked(() => void reader.settle(reading));
  });
  const stop = inject(Push).listen((changes) => {
    if (!changes || changes.some(follows)) void reader.reload();
  });
  inject(DestroyRef).onDestroy(stop);
  return reader;
}

class Reader<T> implements LiveValue<T> {
  readonly value = signal<T | undefined>(undefined);
  readonly problem = signal<ApiProblem | undefined>(undefined);
  readonly loading = signal(false);
  /** Number of the reading that began last, and of the one whose answer is shown. */
  #begun = 0;
  #shown = 0;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(private readonly load: () => Promise<T>) {}

  /** Shows what a reading answers, unless the answer of a newer one is shown already. */
  async settle(reading: Promise<T>): Promise<void> {
    const mine = ++this.#begun;
    this.loading.set(true);
    try {
      const read = await reading;
      if (mine < this.#shown) return;
      this.#shown = mine;
      this.value.set(read);
      this.problem.set(undefined);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine === this.#begun) this.problem.set(error);
    } finally {
      if (mine === this.#begun) this.loading.set(false);
    }
  }

  reload(): Promise<void> {
    this.#again = this.#running !== undefined;
    this.#running ??= untracked(() => this.settle(this.load())).finally(() => {
      this.#running = undefined;
      if (this.#again) void this.reload();
    });
    return this.#running;
  }

  change(how: (value: T) => T): void {
    this.value.update((old) => (old === undefined ? old : how(old)));
  }
}
