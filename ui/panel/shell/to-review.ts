import { Injectable, computed, inject } from '@angular/core';
import { ReceiptsApi } from '../../shared/api/receipts-api';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';

/** How many receipts wait for somebody's decision, for those who may see them. */
@Injectable({ providedIn: 'root' })
export class ToReview {
  readonly #api = inject(ReceiptsApi);
  readonly #session = inject(CurrentSession);
  readonly #page = injectLive(
    () => (this.#session.can('receipts.read') ? this.#api.list({ filter: 'review', size: 1 }) : Promise.resolve(undefined)), ({ topic }) => topic === 'receipt');
  readonly count = computed(() => this.#page.value()?.counts.review ?? 0);
}
