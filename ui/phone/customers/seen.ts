import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

const storageKey = 'hilo.phone.seen';

/** Up to where each chat was looked at on this device: the `order` of the last message shown, by business and customer. */
@Injectable({ providedIn: 'root' })
export class Seen {
  readonly #storage = inject(DOCUMENT).defaultView!.localStorage;
  readonly #byAccount = signal<Readonly<Record<string, Readonly<Record<string, number>>>>>(this.#stored());

  constructor() {
    effect(() => this.#storage.setItem(storageKey, JSON.stringify(this.#byAccount())));
  }

  of(account: string): Readonly<Record<string, number>> {
    return this.#byAccount()[account] ?? {};
  }

  mark(account: string, person: string, order: number): void {
    if ((this.of(account)[person] ?? 0) >= order) return;
    this.#byAccount.update((all) => ({ ...all, [account]: { ...all[account], [person]: order } }));
  }

  #stored(): Record<string, Record<string, number>> {
    try {
      return JSON.parse(this.#storage.getItem(storageKey) ?? '{}') as Record<string, Record<string, number>>;
    } catch {
      return {};
    }
  }
}
