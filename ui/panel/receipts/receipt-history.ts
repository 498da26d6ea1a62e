import { Component, computed, inject, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import { Pager } from '../../shared/list/pager';
import { Moments } from '../../shared/time/moments';
import { BookFormat } from '../customers/book-format';
import { injectReceiptText } from './i18n/inject-text';
import { ReceiptList, sorts } from './receipt-list';
import { stateLook } from './words';

/** The receipts of a state, or all, as histories are shown: a table with its days, its order, its pages, and a file to take along. */
@Component({
  selector: 'receipts-history',
  imports: [Empty, Failed, Icon, Pager, RouterLink, Skeleton],
  templateUrl: './receipt-history.html',
  styleUrls: ['../people/list-page.css', './receipt-history.css'],
})
export class ReceiptHistory {
  protected readonly list = inject(ReceiptList);
  protected readonly address = inject(ListAddress);
  protected readonly moments = inject(Moments);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectReceiptText();
  protected readonly sorts = sorts;
  protected readonly look = stateLook;
  /** Days as they are being chosen: they count with Aplicar. */
  protected readonly from = linkedSignal(() => this.list.from() ?? '');
  protected readonly to = linkedSignal(() => this.list.to() ?? '');
  protected readonly isWrong = computed(() => this.from() !== '' && this.to() !== '' && this.from() > this.to());
  protected readonly isNarrowed = computed(() => this.list.from() !== undefined || this.list.to() !== undefined);

  protected apply(event: Event): void {
    event.preventDefault();
    if (!this.isWrong()) this.list.narrow({ from: this.from() || null, to: this.to() || null });
  }

  protected clear(): void {
    this.from.set('');
    this.to.set('');
    this.list.narrow({ from: null, to: null });
  }
}
