import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import type { AuditQuery } from '../../../shared/api/audit-api';

const names = ['q', 'person', 'kind', 'from', 'to'] as const;
type Name = (typeof names)[number];

/** What the log shows, kept in the address: a copied one shows the same. Provide it with the page. */
@Injectable()
export class AuditAddress {
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  /** Only what is asked for. */
  readonly query = computed(() => Object.fromEntries(names.flatMap((name) => (this.#params().get(name) ? [[name, this.#params().get(name)]] : []))) as AuditQuery);
  readonly isNarrowed = computed(() => Object.keys(this.query()).length > 0);
  /** Id of the entry that is looked at. */
  readonly entry = computed(() => this.#params().get('entry') ?? undefined);

  value(name: Name): string {
    return this.#params().get(name) ?? '';
  }

  set(name: Name, value: string): void {
    void this.#router.navigate([], { queryParams: { [name]: value || null, entry: null }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  look(entry: string | undefined): void {
    void this.#router.navigate([], { queryParams: { entry: entry ?? null }, queryParamsHandling: 'merge' });
  }

  clear(): void {
    void this.#router.navigate([], { queryParams: {}, replaceUrl: true });
  }
}
