import { Component, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { logoUrl } from '../../shared/api/company-api';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { Channels } from './channels';
import { destinations, groups, placeOf } from './destinations';
import { injectShellText } from './i18n/inject-text';
import { TopBar } from './top-bar';
import { ToReview } from './to-review';
import { Waiting } from './waiting';

const storageKey = 'hilo.nav.collapsed';

/** Navigation, top bar and the sheet that pages lie on; a bottom bar where the screen is narrow. */
@Component({
  selector: 'panel-shell',
  imports: [Icon, RouterLink, RouterOutlet, TopBar],
  templateUrl: './shell.html',
})
export class Shell {
  readonly #session = inject(CurrentSession);
  readonly #router = inject(Router);
  protected readonly text = injectShellText();
  protected readonly pending = inject(Waiting).pending;
  protected readonly toReview = inject(ToReview).count;
  protected readonly simulatorUrl = inject(Channels).simulatorUrl;
  protected readonly company = computed(() => this.#session.company()?.name ?? '');
  protected readonly logo = computed(() => this.#session.company()?.logo);
  protected readonly logoUrl = logoUrl;
  protected readonly collapsed = signal(localStorage.getItem(storageKey) === '1');
  readonly #url = toSignal(this.#router.events.pipe(filter((event) => event instanceof NavigationEnd), map(() => this.#router.url)), { initialValue: this.#router.url });
  protected readonly place = computed(() => placeOf(this.#url()));
  /** What the role may see, in groups; groups without anything are absent. */
  protected readonly groups = computed(() =>
    groups
      .map((group) => ({ group, items: destinations.filter((item) => item.group === group && this.#session.can(item.permission)) }))
      .filter(({ items }) => items.length > 0),
  );

  protected toggle(): void {
    this.collapsed.update((collapsed) => !collapsed);
    localStorage.setItem(storageKey, this.collapsed() ? '1' : '0');
  }
}
