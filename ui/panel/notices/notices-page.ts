import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { type Notice, NoticesApi, type NoticeState } from '../../shared/api/notices-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import type { PageOf } from '../../shared/list/page-of';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { showNumber } from '../link/phone-digits';
import { injectPageTitle } from '../shell/page-title';
import { BatchCard } from './batch-card';
import { injectNoticeText } from './i18n/inject-text';
import { injectReason } from './reason';
import { stateLook } from './state-look';

const states: readonly NoticeState[] = ['queued', 'held', 'sent', 'delivered', 'read', 'failed', 'unknown', 'expired', 'cancelled'];
const filters: readonly ('' | NoticeState)[] = ['', ...states];

/** A day's notices of the ISP's system: how their numbers fare, how many are in each state, and each of them. */
@Component({
  selector: 'notices-page',
  imports: [BatchCard, Empty, Failed, Icon, Pager, RouterLink, RouterLinkActive, RouterOutlet, SearchBox, Skeleton],
  templateUrl: './notices-page.html',
  styleUrls: ['../people/list-page.css', './notices-page.css'],
  providers: [ListAddress],
})
export class NoticesPage {
  readonly #api = inject(NoticesApi);
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  protected readonly address = inject(ListAddress);
  protected readonly moments = inject(Moments);
  protected readonly text = injectNoticeText();
  protected readonly reason = injectReason();
  protected readonly look = stateLook;
  protected readonly showNumber = showNumber;
  readonly #day = computed(() => /^\d{4}-\d{2}-\d{2}$/.exec(this.#params().get('day') ?? '')?.[0]);
  /** A filter that nobody knows shows all. */
  readonly #filter = computed(() => states.find((one) => one === this.address.filter()) ?? 'all');
  protected readonly queue = injectLive(
    () => this.#api.list({ day: this.#day(), filter: this.#filter(), q: this.address.words(), page: this.address.page(), size: this.address.size() }),
    ({ topic }) => topic === 'notice' || topic === 'mode' || topic === 'channel',
  );
  protected readonly page = computed((): PageOf<Notice> => {
    const { items, total } = this.queue.value() ?? { items: [], total: 0 };
    const [page, size] = [this.address.page(), this.address.size()];
    const first = (page - 1) * size;
    return { items, page, pages: Math.max(1, Math.ceil(total / size)), from: items.length === 0 ? 0 : first + 1, to: first + items.length, total };
  });

  constructor() {
    injectPageTitle(() => this.text('title'));
  }

  /** Chips of states that nothing is in are left out, unless one is chosen. */
  protected readonly chips = computed(() => filters.filter((one) => one === '' || one === this.address.filter() || (this.queue.value()?.counts[one] ?? 0) > 0));

  protected chipText(filter: '' | NoticeState): string {
    return filter === '' ? this.text('filter.all') : this.text(`state.${filter}`);
  }

  protected showDay(day: string): void {
    void this.#router.navigate([], { queryParams: { day: day === this.queue.value()?.today ? null : day || null, page: null }, queryParamsHandling: 'merge' });
  }
}
