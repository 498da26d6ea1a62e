import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

const defaultSize = 20;

/** What a list shows, kept in the address: search words, filter, page. A copied address shows the same list. Provide it with the page. */
@Injectable()
export class ListAddress {
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #params = toSignal(this.#route.queryParamMap, { requireSync: true });
  readonly words = computed(() => this.#params().get('q') ?? '');
  /** '' shows everything. */
  readonly filter = computed(() => this.#params().get('show') ?? '');
  readonly page = computed(() => Number(this.#params().get('page') ?? 1));
  readonly size = computed(() => Number(this.#params().get('size')) || defaultSize);

  /** Other words or another filter begin at the first page again. */
  change(changes: { words?: string; filter?: string; page?: number; size?: number }): void {
    const { words, filter, page, size } = changes;
    const queryParams = {
      ...(words === undefined ? {} : { q: words || null }),
      ...(filter === undefined ? {} : { show: filter || null }),
      ...(size === undefined ? {} : { size: size === defaultSize ? null : size }),
      page: page && page > 1 ? page : null,
    };
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: page === undefined });
  }
}
