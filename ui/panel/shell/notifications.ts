import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Notification, OverviewApi } from '../../shared/api/overview-api';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { injectShellText } from './i18n/inject-text';

const storageKey = 'hilo.notifications.seen';

/** The ticket events that concern me, and what befell the company's numbers; a number on the bell for those since I last looked. */
@Component({
  selector: 'panel-notifications',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon, RouterLink],
  template: `
    <button type="button" class="iconbtn" [cdkMenuTriggerFor]="menu" (cdkMenuClosed)="markSeen()" [attr.aria-label]="label()" [title]="text('notifications.label')">
      <hilo-icon name="bell" />@if (fresh(); as count) {<span class="badge badge--late" aria-hidden="true">{{ count }}</span>}
    </button>
    <ng-template #menu>
      <div class="menu list" cdkMenu [attr.aria-label]="text('notifications.label')">
        @for (item of items(); track item.id) {
          <a class="menu__item" cdkMenuItem [routerLink]="placeOf(item)" [target]="here() === !!item.ticket ? '_self' : '_blank'" rel="noopener">
            <span class="dot" [class.dot--new]="item.at > seen()"></span>
            <span class="two grow"><span>{{ item.text }}</span><small class="caption">@if (item.ticket) {#{{ item.ticket.number }} · }{{ moments.ago(item.at) }}</small></span>
          </a>
        } @empty {
          <p class="menu__head"><b>{{ text('notifications.none') }}</b>{{ text('notifications.none.help') }}</p>
        }
      </div>
    </ng-template>
  `,
  styles: `
    .list { width: 340px; }
    .list .menu__item { font: var(--hilo-body-sm); padding: 8px 12px; }
    .two { display: flex; flex-direction: column; }
    .dot { color: transparent; }
    .dot--new { color: var(--hilo-primary); }
  `,
})
export class Notifications {
  /** OmniChat is on the screen: a ticket opens in it, and all else in another tab; elsewhere it is the other way round. */
  readonly here = input(false);
  readonly #api = inject(OverviewApi);
  readonly #recent = injectLive(() => this.#api.notifications(), ({ topic }) => topic === 'ticket' || topic === 'note' || topic === 'channel' || topic === 'notice' || topic === 'settlement' || topic === 'receipt');
  protected readonly moments = inject(Moments);
  protected readonly text = injectShellText();
  protected readonly items = computed(() => this.#recent.value() ?? []);
  /** ISO time up to which I have looked; times of one form sort as text. */
  protected readonly seen = signal(localStorage.getItem(storageKey) ?? '');
  protected readonly fresh = computed(() => this.items().filter(({ at }) => at > this.seen()).length);
  protected readonly label = computed(() => (this.fresh() ? this.text('notifications.new', { count: this.fresh() }) : this.text('notifications.label')));

  protected placeOf({ ticket, receipt }: Notification): readonly string[] {
    if (ticket) return ['/omnichat', ticket.id];
    return receipt ? ['/receipts', receipt] : ['/'];
  }

  protected markSeen(): void {
    const latest = this.items().reduce((latest, { at }) => (at > latest ? at : latest), this.seen());
    this.seen.set(latest);
    localStorage.setItem(storageKey, latest);
  }
}
