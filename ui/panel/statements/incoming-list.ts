import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type IncomingPayment, StatementsApi } from '../../shared/api/statements-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import { BookFormat } from '../customers/book-format';
import { pageOfAnswer } from '../customers/page-of-answer';
import { injectStatementText } from './i18n/inject-text';

const filters = ['all', 'settled', 'free'] as const;
/** Pauses between letters are shorter. */
const TYPED_MS = 250;

/** What came in, with what it confirmed; of one import, or of all sources. */
@Component({
  selector: 'incoming-list',
  imports: [Empty, Failed, Pager, RouterLink, SearchBox, Skeleton],
  templateUrl: './incoming-list.html',
  styleUrls: ['../people/list-page.css', '../customers/book.css', './statements.css'],
  host: { style: 'display: block' }, // one below the other: it is a part of a page, and no page of its own
})
export class IncomingList {
  /** Of this import alone. */
  readonly of = input<string>();
  readonly #api = inject(StatementsApi);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectStatementText();
  protected readonly filters = filters;
  protected readonly typed = signal('');
  readonly #words = signal('');
  protected readonly filter = signal<(typeof filters)[number]>('all');
  protected readonly number = signal(1);
  protected readonly size = signal(20);
  #timer: ReturnType<typeof setTimeout> | undefined;
  protected readonly live = injectLive(
    () => this.#api.incoming({ q: this.#words(), filter: this.filter(), page: this.number(), size: this.size(), ...(this.of() === undefined ? {} : { import: this.of() }) }),
    ({ topic }) => topic === 'statement' || topic === 'settlement' || topic === 'receipt');
  protected readonly page = computed(() => pageOfAnswer(this.live.value()?.items ?? [], this.live.value()?.total ?? 0, { page: this.number(), size: this.size() }));

  /** Nothing that is looked for, or nothing at all. */
  protected readonly none = computed(() => (this.#words() === '' && this.filter() === 'all' ? 'incoming.nothing' : 'incoming.none'));

  protected search(words: string): void {
    this.typed.set(words);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.number.set(1);
      this.#words.set(words);
    }, TYPED_MS);
  }

  protected choose(filter: (typeof filters)[number]): void {
    this.number.set(1);
    this.filter.set(filter);
  }

  protected toneOf({ settlement, state }: IncomingPayment): string {
    return settlement ? 'state--ok' : state === 'in' ? '' : 'state--warn';
  }

  protected saysOf({ settlement, state }: IncomingPayment): string {
    if (settlement) return this.text('by.settled', { name: settlement.customerName || this.text('receipt.nobody') });
    return this.text(state === 'in' ? 'by.free' : `by.${state}`);
  }
}
