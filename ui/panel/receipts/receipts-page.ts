import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import type { ReceiptFilter } from '../../shared/api/receipts-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { BookFormat } from '../customers/book-format';
import { injectPageTitle } from '../shell/page-title';
import { injectReceiptText } from './i18n/inject-text';
import { ReceiptDetail } from './receipt-detail';
import { ReceiptHistory } from './receipt-history';
import { ReceiptList, filters, sorts } from './receipt-list';
import { reviewCommandOf } from './review-keys';
import { chipOf, stateLook } from './words';

/** Proofs of payment: those to review beside the one that is looked at, and the history of all. */
@Component({
  selector: 'receipts-page',
  imports: [Empty, Failed, Icon, Pager, ReceiptHistory, RouterLink, RouterLinkActive, RouterOutlet, SearchBox, Skeleton],
  templateUrl: './receipts-page.html',
  styleUrl: './receipts-page.css',
  providers: [ListAddress, ReceiptList],
  host: { '(document:keydown)': 'press($event)' },
})
export class ReceiptsPage {
  protected readonly list = inject(ReceiptList);
  protected readonly address = inject(ListAddress);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectReceiptText();
  protected readonly sorts = sorts;
  protected readonly mayImport = inject(CurrentSession).can('statements.manage');
  protected readonly chipOf = chipOf;
  protected readonly look = stateLook;
  /** What is looked at now, if anything is. */
  readonly #detail = signal<ReceiptDetail | undefined>(undefined);
  /** Something stands beside the queue: a receipt, or the form for a new one. */
  protected readonly isOpen = signal(false);
  /** Nothing is open, and it is not the queue that is shown. */
  protected readonly isTable = computed(() => this.list.isHistory() && !this.isOpen());
  protected readonly mayDecide = inject(CurrentSession).can('receipts.decide');
  /** Chips of states that nothing is in are left out, but for those to review, the chosen one and all. */
  protected readonly chips = computed(() => filters.filter((one) => one === 'review' || one === 'all' || one === this.list.filter() || (this.list.live.value()?.counts[one] ?? 0) > 0));

  constructor() {
    injectPageTitle(() => this.text('title'));
  }

  protected shown(detail: unknown): void {
    this.#detail.set(detail instanceof ReceiptDetail ? detail : undefined);
    this.isOpen.set(detail !== undefined);
  }

  protected choose(filter: ReceiptFilter): void {
    this.list.show(filter);
  }

  protected press(event: KeyboardEvent): void {
    const command = reviewCommandOf(event);
    const detail = this.#detail();
    if (command === undefined) return;
    if (command === 'next' || command === 'previous') {
      const beside = this.list.beside(detail?.id(), command === 'next' ? 1 : -1);
      if (beside) this.list.open(beside);
    } else if (command === 'zoom-in' || command === 'zoom-out' || command === 'zoom-fit') detail?.zoom(command);
    else if (detail) void detail.decide(command);
    event.preventDefault();
  }
}
