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
 * accepts. What changes during such a reading is read once more after it, however often it changed; only the newest answer
 * counts. Call it where `inject()` may be called.
 */
export function injectLive<T>(load: () => Promise<T>, follows: (change: Change) => boolean): LiveValue<T> {
  const value = signal<T | undefined>(undefined);
  const problem = signal<ApiProblem | undefined>(undefined);
  const loading = signal(false);
  let started = 0;
  let running: Promise<void> | undefined;
  let again = false;

  const settle = async (reading: Promise<T>): Promise<void> => {
    const mine = ++started;
    loading.set(true);
    try {
      const read = await reading;
      if (mine !== started) return;
      value.set(read);
      problem.set(undefined);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine === started) problem.set(error);
    } finally {
      if (mine === started) loading.set(false);
    }
  };
  const reload = (): Promise<void> => {
    again = running !== undefined;
    running ??= untracked(() => settle(load())).finally(() => {
      running = undefined;
      if (again) void reload();
    });
    return running;
  };

  effect(() => {
    const reading = load();
    untracked(() => void settle(reading));
  });
  const stop = inject(Push).listen((changes) => {
    if (!changes || changes.some(follows)) void reload();
  });
  inject(DestroyRef).onDestroy(stop);
  return { value, problem, loading, reload, change: (how) => value.update((old) => (old === undefined ? old : how(old))) };
}
