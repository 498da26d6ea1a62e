import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { type MissedPolicy, type Status, StatusesApi } from '../../shared/api/statuses-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import { Pager } from '../../shared/list/pager';
import type { PageOf } from '../../shared/list/page-of';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { injectPageTitle } from '../shell/page-title';
import { injectStatusText } from './i18n/inject-text';
import { isTold, stateLook } from './state-look';

const filters = ['planned', '', 'published', 'expired', 'error', 'cancelled'] as const;
const policies: readonly MissedPolicy[] = ['late', 'skip', 'ask'];
type Filter = (typeof filters)[number];

/** Statuses of WhatsApp: planned ones, and what has become of the others. */
@Component({
  selector: 'statuses-page',
  imports: [Empty, Failed, Icon, Pager, RouterLink, RouterLinkActive, RouterOutlet, SearchBox, Skeleton],
  templateUrl: './statuses-page.html',
  styleUrls: ['../people/list-page.css', './statuses-page.css'],
  providers: [ListAddress],
})
export class StatusesPage {
  readonly #api = inject(StatusesApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly address = inject(ListAddress);
  protected readonly moments = inject(Moments);
  protected readonly text = injectStatusText();
  protected readonly filters = filters;
  protected readonly policies = policies;
  protected readonly look = stateLook;
  protected readonly mayDecideMissed = inject(CurrentSession).can('company.manage');
  /** A filter that nobody knows shows the history. */
  readonly #filter = computed((): Filter => filters.find((one) => one === this.address.filter()) ?? '');
  protected readonly statuses = injectLive(
    () => this.#api.list({ filter: this.#filter() || 'history', q: this.address.words(), page: this.address.page(), size: this.address.size() }),
    ({ topic }) => topic === 'status',
  );
  protected readonly page = computed((): PageOf<Status> => {
    const { items, total } = this.statuses.value() ?? { items: [], total: 0 };
    const [page, size] = [this.address.page(), this.address.size()];
    const first = (page - 1) * size;
    return { items, page, pages: Math.max(1, Math.ceil(total / size)), from: items.length === 0 ? 0 : first + 1, to: first + items.length, total };
  });

  constructor() {
    injectPageTitle(() => this.text('title'));
  }

  protected readonly shown = computed(() => this.nameOf(this.#filter()));

  protected nameOf(filter: Filter): Exclude<Filter, ''> | 'history' {
    return filter || 'history';
  }

  protected causeOf(cause: string): string {
    return isTold(cause) ? this.text(`cause.${cause}`) : this.text('cause.other', { cause: cause.replace(/^(removal-)?ack-/, '') });
  }

  protected async clear(): Promise<void> {
    const wanted = await this.#confirm.ask({
      title: this.text('clear.title'),
      consequences: [{ icon: 'trash', words: this.text('clear.gone') }, { icon: 'check', words: this.text('clear.kept') }],
      action: this.text('clear'),
      danger: true,
    });
    const cleared = wanted && (await this.#attempts.run(this.#api.clear()));
    if (!cleared) return;
    this.#toasts.show({ icon: 'trash', words: this.text('cleared', { count: cleared.done.cleared }) });
    await this.statuses.reload();
  }

  protected async setMissed(policy: string): Promise<void> {
    if (await this.#attempts.run(this.#api.setMissed(policy as MissedPolicy))) this.#toasts.show({ icon: 'check', words: this.text('missed.saved') });
    await this.statuses.reload();
  }
}
