import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ListAddress } from '../../shared/list/list-address';
import { pageOf } from '../../shared/list/page-of';
import { Pager } from '../../shared/list/pager';
import { SearchBox } from '../../shared/list/search-box';
import { CurrentSession } from '../../shared/session/current-session';
import { SettingsBack } from '../settings/settings-back';
import { initialsOf } from '../shell/initials';
import { injectPageTitle } from '../shell/page-title';
import { injectPeopleText } from './i18n/inject-text';
import { filtered, matching, userFilters } from './matching';
import { People } from './people';

/** Who logs in to the panel, as a list; the sheet of one of them opens beside it. */
@Component({
  selector: 'people-users',
  imports: [Empty, Failed, Icon, Pager, RouterLink, RouterLinkActive, RouterOutlet, SearchBox, SettingsBack, Skeleton],
  providers: [ListAddress],
  templateUrl: './users-page.html',
  styleUrl: './list-page.css',
})
export class UsersPage {
  readonly #session = inject(CurrentSession);
  protected readonly people = inject(People);
  protected readonly address = inject(ListAddress);
  protected readonly text = injectPeopleText();
  protected readonly initials = initialsOf;
  readonly #found = computed(() => matching(this.people.users.value() ?? [], this.address.words()));
  protected readonly filters = computed(() => userFilters.map((filter) => ({ filter, count: filtered(this.#found(), filter).length })));
  protected readonly page = computed(() => pageOf(filtered(this.#found(), this.address.filter()), this.address.page(), this.address.size()));
  protected readonly me = computed(() => this.#session.user()?.id);

  constructor() {
    injectPageTitle(() => this.text('users'));
  }
}
