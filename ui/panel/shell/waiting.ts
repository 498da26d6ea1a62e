import { Injectable, computed, inject } from '@angular/core';
import { TicketsApi } from '../../shared/api/tickets-api';
import { injectLive } from '../../shared/push/live-value';

/** How many tickets wait for somebody, of those that I may see. */
@Injectable({ providedIn: 'root' })
export class Waiting {
  readonly #api = inject(TicketsApi);
  readonly #page = injectLive(() => this.#api.list({ state: 'pending', limit: 1 }), ({ topic }) => topic === 'ticket');
  readonly pending = computed(() => this.#page.value()?.counts.pending ?? 0);
}
