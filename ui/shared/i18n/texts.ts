import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';
import { type Language, type Values, fill } from './fill';

const storageKey = 'hilo.language';

/** The language that the person reads: Spanish unless they chose English; the choice is kept on this device. */
@Injectable({ providedIn: 'root' })
export class LanguageChoice {
  readonly #document = inject(DOCUMENT);
  readonly current = signal<Language>(this.#document.defaultView?.localStorage.getItem(storageKey) === 'en' ? 'en' : 'es');

  constructor() {
    effect(() => {
      this.#document.documentElement.lang = this.locale();
    });
  }

  /** The locale for dates and numbers that goes with the language. */
  locale(): string {
    return this.current() === 'es' ? 'es-AR' : 'en';
  }

  choose(language: Language): void {
    this.current.set(language);
    this.#document.defaultView?.localStorage.setItem(storageKey, language);
  }
}

/**
 * Makes an app's own `injectText()` of its two dictionaries. What that returns reads the language's signal, so templates
 * that call it change with the language; a key that one dictionary lacks does not compile.
 */
export function textsOf<Key extends string>(dictionaries: Record<Language, Record<Key, string>>) {
  return () => {
    const language = inject(LanguageChoice);
    return (key: Key, values: Values = {}): string => fill(dictionaries[language.current()][key], values);
  };
}
