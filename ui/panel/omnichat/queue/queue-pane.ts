import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, effect, inject, input, signal, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { PeopleApi } from '../../../shared/api/people-api';
import type { TicketItem } from '../../../shared/api/tickets-api';
import { injectSharedText } from '../../../shared/feedback/inject-text';
import { Empty, Failed } from '../../../shared/feedback/states';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { injectOmniText } from '../i18n/inject-text';
import { Queue } from './queue';
import { QueueItem } from './queue-item';
import { type Tab, tabs } from './shelf';

const itemPx = 104;
/** When fewer loaded tickets than this lie below what is in sight, the next page is read. */
const aheadItems = 60;
const searchDelayMs = 250;

/** The queue: three tabs with counts, search, department, and the tickets in a list that stays smooth however long it is. */
@Component({
  selector: 'panel-queue-pane',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, Empty, Failed, Icon, QueueItem],
  templateUrl: './queue-pane.html',
  styleUrl: './queue-pane.css',
})
export class QueuePane {
  /** Id of the open ticket. */
  readonly open = input<string>();
  protected readonly queue = inject(Queue);
  protected readonly shelf = this.queue.shelf;
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  protected readonly tabs = tabs;
  protected readonly itemPx = itemPx;
  readonly #router = inject(Router);
  readonly #people = inject(PeopleApi);
  protected readonly departments = injectLive(() => this.#people.departments(), ({ topic }) => topic === 'department');
  private readonly viewport = viewChild(CdkVirtualScrollViewport);
  /** The virtual list wants an array of its own kind. */
  protected readonly items = computed(() => this.queue.items() as TicketItem[]);
  protected readonly size = computed(() => Math.max(this.queue.filtered() ? 0 : this.countOf(this.shelf().tab), this.queue.items().length));
  protected readonly firstInSight = signal(0);
  #searchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      if (this.firstInSight() + aheadItems > this.queue.items().length) untracked(() => void this.queue.more());
    });
  }

  /** Opens the ticket after (1) or before (-1) the open one. */
  step(by: 1 | -1): void {
    const items = this.queue.items();
    const at = items.findIndex(({ id }) => id === this.open());
    const next = items[at < 0 ? 0 : at + by];
    if (!next) return;
    void this.#router.navigate(['/omnichat', next.id]);
    this.#bringIntoSight(items.indexOf(next));
  }

  protected byId(_: number, ticket: TicketItem): string {
    return ticket.id;
  }

  protected countOf(tab: Tab): number {
    const counts = this.queue.counts();
    if (!counts) return 0;
    return tab === 'mine' ? counts.mine : tab === 'pending' ? counts.pending : counts.inProgress;
  }


  protected moveTab(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(this.shelf().tab) + by + tabs.length) % tabs.length]!;
    this.queue.show(next);
    (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  }

  protected searchFor(q: string): void {
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.shelf.update((shelf) => ({ ...shelf, q })), searchDelayMs);
  }

  protected filterBy(event: Event): void {
    const department = (event.target as HTMLSelectElement).value || undefined;
    this.shelf.update((shelf) => ({ ...shelf, department }));
  }

  protected unfilter(): void {
    this.shelf.update(({ tab }) => ({ tab, q: '' }));
  }

  #bringIntoSight(index: number): void {
    const viewport = this.viewport();
    if (!viewport) return;
    const top = viewport.measureScrollOffset();
    const height = viewport.getViewportSize();
    if (index * itemPx < top) viewport.scrollToOffset(index * itemPx);
    else if ((index + 1) * itemPx > top + height) viewport.scrollToOffset((index + 1) * itemPx - height);
  }
}
