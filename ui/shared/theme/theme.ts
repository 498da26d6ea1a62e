import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

export type Theme = 'light' | 'dark';

const storageKey = 'hilo.theme';

/** Which theme the page wears: the system's until the person chooses one; the choice is kept on this device. */
@Injectable({ providedIn: 'root' })
export class ThemeChoice {
  readonly #document = inject(DOCUMENT);
  readonly #system = this.#document.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  readonly #chosen = signal<Theme | undefined>(readStored(this.#document));
  readonly #systemTheme = signal<Theme>(this.#system?.matches ? 'dark' : 'light');

  constructor() {
    this.#system?.addEventListener('change', (change) => this.#systemTheme.set(change.matches ? 'dark' : 'light'));
    effect(() => {
      const chosen = this.#chosen();
      if (chosen) this.#document.documentElement.dataset['theme'] = chosen;
    });
  }

  current(): Theme {
    return this.#chosen() ?? this.#systemTheme();
  }

  toggle(): void {
    const next: Theme = this.current() === 'dark' ? 'light' : 'dark';
    this.#chosen.set(next);
    this.#document.defaultView?.localStorage.setItem(storageKey, next);
  }
}

function readStored(document: Document): Theme | undefined {
  const stored = document.defaultView?.localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : undefined;
}
