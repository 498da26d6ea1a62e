import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { CustomersApi } from '../../shared/api/customers-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { showNumber } from '../link/phone-digits';
import { injectPageTitle } from '../shell/page-title';
import { BookFormat } from './book-format';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';
import { customerLook } from './looks';
import { pageOfAnswer } from './page-of-answer';

const filters = ['all', 'owing', 'suspended', 'cancelled'] as const;

/** The company's customers, as a list; a new one's sheet opens beside it. */
@Component({
  selector: 'customers-page',
  imports: [BookNav, Empty, Failed, Icon, Pager, RouterLink, RouterOutlet, SearchBox, Skeleton],
  templateUrl: './customers-page.html',
  styleUrls: ['../people/list-page.css', './book.css'],
  providers: [ListAddress],
})
export class CustomersPage {
  readonly #api = inject(CustomersApi);
  protected readonly address = inject(ListAddress);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectBookText();
  protected readonly filters = filters;
  protected readonly look = customerLook;
  protected readonly phone = showNumber;
  protected readonly mayManage = inject(CurrentSession).can('customers.manage');
  protected readonly filter = computed(() => filters.find((one) => one === this.address.filter()) ?? 'all');
  protected readonly customers = injectLive(
    () => this.#api.customers({ q: this.address.words(), filter: this.filter(), page: this.address.page(), size: this.address.size() }),
    ({ topic }) => topic === 'customer',
  );
  protected readonly page = computed(() => {
    const value = this.customers.value();
    return pageOfAnswer(value?.items ?? [], value?.counts[this.filter()] ?? 0, { page: this.address.page(), size: this.address.size() });
  });
  /** Nobody at all, and nothing looked for. */
  protected readonly isBlank = computed(() => this.page().total === 0 && this.address.words() === '' && this.filter() === 'all');

  constructor() {
    injectPageTitle(() => this.text('customers'));
  }
}
