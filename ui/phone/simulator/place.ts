import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { type Standing, readPlace, writePlace } from './address';

/** Where the page stands, as signals that follow the address and the browser's back button. */
@Injectable({ providedIn: 'root' })
export class Place {
  readonly #window = inject(DOCUMENT).defaultView!;
  readonly #standing = signal(readPlace(this.#window.location.search));

  readonly tab = computed(() => this.#standing().tab);
  readonly person = computed(() => this.#standing().person);
  readonly group = computed(() => this.#standing().group);
  readonly statuses = computed(() => this.#standing().statuses ?? false);
  readonly account = computed(() => this.#standing().account);
  readonly qr = computed(() => this.#standing().qr);

  constructor() {
    this.#window.addEventListener('popstate', () => this.#standing.set(readPlace(this.#window.location.search)));
  }

  /** Goes somewhere else; the browser's back button returns. What `changes` leaves out stays. */
  go(changes: Partial<Standing>): void {
    const next = { ...this.#standing(), ...changes };
    this.#standing.set(next);
    this.#window.history.pushState(undefined, '', writePlace(next));
  }
}
