import { Component, computed, inject } from '@angular/core';
import { CustomersApi } from '../../shared/api/customers-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { ListAddress } from '../../shared/list/list-address';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import { injectPageTitle } from '../shell/page-title';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';
import { InvoiceTable } from './invoice-table';
import { pageOfAnswer } from './page-of-answer';

const filters = ['all', 'owed', 'overdue', 'paid', 'cancelled'] as const;

/** Every invoice of the company. */
@Component({
  selector: 'customers-invoices-page',
  imports: [BookNav, Empty, Failed, InvoiceTable, Pager, SearchBox, Skeleton],
  template: `
    <div class="book">
      <customers-nav />
      <section class="list__main">
        <div class="page-head"><div><h1>{{ text('invoices') }}</h1><p>{{ text('invoices.about') }}</p></div></div>
        <div class="bars">
          <div class="filters" role="group" [attr.aria-label]="text('state')">
            @for (one of filters; track one) {<button type="button" class="filter" [attr.aria-pressed]="filter() === one" (click)="address.change({ filter: one === 'all' ? '' : one })">{{ nameOf(one) }} @if (invoices.value(); as value) {<span class="n">{{ value.counts[one] }}</span>}</button>}
          </div>
          <hilo-search-box class="search" [label]="text('invoices.search')" [value]="address.words()" (typed)="address.change({ words: $event })" />
        </div>
        <div class="card tablecard">
          @if (invoices.value()) {
            @if (page().total > 0) {
              <div class="tablewrap" tabindex="0" role="region" [attr.aria-label]="text('invoices')"><customers-invoice-table [invoices]="page().items" [withCustomer]="true" (changed)="invoices.reload()" /></div>
              <hilo-pager [of]="page()" [size]="address.size()" (turned)="address.change({ page: $event })" (sized)="address.change({ size: $event })" />
            } @else {<hilo-empty [title]="text('invoices.none')" [words]="text('invoices.none.help')" />}
          } @else if (invoices.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="invoices.reload()" />}
          @else {<div class="waiting"><hilo-skeleton [lines]="8" /></div>}
        </div>
      </section>
    </div>
  `,
  styleUrls: ['../people/list-page.css', './book.css'],
  providers: [ListAddress],
})
export class InvoicesPage {
  readonly #api = inject(CustomersApi);
  protected readonly address = inject(ListAddress);
  protected readonly text = injectBookText();
  protected readonly filters = filters;
  protected readonly filter = computed(() => filters.find((one) => one === this.address.filter()) ?? 'all');
  protected readonly invoices = injectLive(
    () => this.#api.invoices({ q: this.address.words(), filter: this.filter(), page: this.address.page(), size: this.address.size() }), ({ topic }) => topic === 'customer' || topic === 'receipt');
  protected readonly page = computed(() => pageOfAnswer(
    this.invoices.value()?.items ?? [], this.invoices.value()?.counts[this.filter()] ?? 0, { page: this.address.page(), size: this.address.size() }));

  constructor() {
    injectPageTitle(() => this.text('invoices'));
  }

  protected nameOf(filter: (typeof filters)[number]): string {
    return this.text(`invoices.${filter}`);
  }
}
