import { Injectable, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { type ReceiptFilter, ReceiptsApi } from '../../shared/api/receipts-api';
import { ListAddress } from '../../shared/list/list-address';
import { injectLive } from '../../shared/push/live-value';
import { pageOfAnswer } from '../customers/page-of-answer';

export const filters: readonly ReceiptFilter[] = ['review', 'waiting', 'stuck', 'accepted', 'rejected', 'asked-another', 'other', 'all'];
export const sorts = ['newest', 'oldest', 'amount'] as const;
const days = /^\d{4}-\d{2}-\d{2}$/;

/** The receipts that are listed, as the address says, and the way from one to the next. Provided with the page. */
@Injectable()
export class ReceiptList {
  readonly #api = inject(ReceiptsApi);
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  readonly address = inject(ListAddress);
  /** A filter that nobody knows shows those to review. */
  readonly filter = computed(() => filters.find((one) => one === this.address.filter()) ?? 'review');
  readonly from = computed(() => days.exec(this.#params().get('from') ?? '')?.[0]);
  readonly to = computed(() => days.exec(this.#params().get('to') ?? '')?.[0]);
  readonly sort = computed(() => sorts.find((one) => one === this.#params().get('sort')) ?? 'newest');
  readonly #query = computed(() => ({
    filter: this.filter(), q: this.address.words(), page: this.address.page(), size: this.address.size(), sort: this.sort(),
    ...(this.from() ? { from: this.from()! } : {}), ...(this.to() ? { to: this.to()! } : {}),
  }));
  readonly exportUrl = computed(() => this.#api.exportUrl(this.#query()));
  readonly live = injectLive(() => this.#api.list(this.#query()), ({ topic }) => topic === 'receipt' || topic === 'settlement');
  /** What is past is shown as a history; those to review are a queue. */
  readonly isHistory = computed(() => this.filter() !== 'review');
  readonly items = computed(() => this.live.value()?.items ?? []);
  readonly page = computed(() => pageOfAnswer(this.items(), this.live.value()?.total ?? 0, { page: this.address.page(), size: this.address.size() }));

  narrow(changes: Record<'from' | 'to' | 'sort', string | null> | Partial<Record<'from' | 'to' | 'sort', string | null>>): void {
    void this.#router.navigate([], { queryParams: { ...changes, page: null }, queryParamsHandling: 'merge', replaceUrl: true });
  }

  /** Those of another state; what is open is closed, in one step: of two navigations the second would undo the first. */
  show(filter: ReceiptFilter): void {
    void this.#router.navigate(['/receipts'], { queryParams: { show: filter === 'review' ? null : filter, page: null }, queryParamsHandling: 'merge' });
  }

  sortBy(sort: string): void {
    this.narrow({ sort: sort === 'newest' ? null : sort });
  }

  /** @param step 1: the one below, -1: the one above. Past the end there is none. */
  beside(id: string | undefined, step: 1 | -1): string | undefined {
    const items = this.items();
    const at = items.findIndex((one) => one.id === id);
    return at < 0 ? items[0]?.id : items[at + step]?.id;
  }

  open(id: string | undefined): void {
    void this.#router.navigate(id === undefined ? ['/receipts'] : ['/receipts', id], { queryParamsHandling: 'preserve' });
  }
}
