import { DOCUMENT, Injectable, inject, signal } from '@angular/core';

const storageKey = 'hilo.omnichat.written';

/** What somebody began to write for each ticket: kept while they look at others, and over a reload of this tab. */
@Injectable()
export class Written {
  readonly #storage = inject(DOCUMENT).defaultView!.sessionStorage;
  readonly #texts = signal<Readonly<Record<string, string>>>(readTexts(this.#storage.getItem(storageKey)));

  of(ticket: string): string {
    return this.#texts()[ticket] ?? '';
  }

  keep(ticket: string, text: string): void {
    this.#texts.update(({ [ticket]: _, ...others }) => (text ? { ...others, [ticket]: text } : others));
    this.#storage.setItem(storageKey, JSON.stringify(this.#texts()));
  }
}

function readTexts(stored: string | null): Record<string, string> {
  if (!stored) return {};
  const read: unknown = JSON.parse(stored);
  return typeof read === 'object' && read !== null ? (read as Record<string, string>) : {};
}
