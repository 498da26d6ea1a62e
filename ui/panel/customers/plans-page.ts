import { Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { CustomersApi } from '../../shared/api/customers-api';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { injectPageTitle } from '../shell/page-title';
import { BookFormat } from './book-format';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';

/** What the company sells. */
@Component({
  selector: 'customers-plans-page',
  imports: [BookNav, Empty, Failed, Icon, RouterLink, RouterLinkActive, RouterOutlet, Skeleton],
  template: `
    <div class="list">
      <div class="book">
        <customers-nav />
        <section class="list__main">
          <div class="page-head">
            <div><h1>{{ text('plans') }}</h1><p>{{ text('plans.about') }}</p></div>
            @if (mayManage) {<div class="actions"><a class="btn btn--primary" routerLink="/customers/plans/new"><hilo-icon name="plus" />{{ text('plan.new') }}</a></div>}
          </div>
          <div class="card tablecard">
            @if (plans.value(); as all) {
              @if (all.length > 0) {
                <div class="tablewrap" tabindex="0" role="region" [attr.aria-label]="text('plans')">
                  <table class="table">
                    <thead><tr><th>{{ text('plan') }}</th><th class="wide">{{ text('speed') }}</th><th class="r">{{ text('price') }}</th><th class="r wide">{{ text('services') }}</th><th>{{ text('state') }}</th></tr></thead>
                    <tbody>
                      @for (plan of all; track plan.id) {
                        <tr routerLinkActive="is-open">
                          <td>@if (mayManage) {<a class="who" [routerLink]="['/customers/plans', plan.id]"><span class="strong">{{ plan.name }}</span></a>} @else {<span class="strong">{{ plan.name }}</span>}</td>
                          <td class="wide num">{{ plan.downMbps || '—' }} / {{ plan.upMbps || '—' }} Mbps</td>
                          <td class="r num">{{ format.money(plan.price, plan.currency) }}</td>
                          <td class="r wide num">{{ plan.services }}</td>
                          <td>@if (plan.active) {<span class="state state--ok"><hilo-icon name="check" />{{ text('plan.onSale') }}</span>} @else {<span class="state"><hilo-icon name="slash" />{{ text('plan.offSale') }}</span>}</td>
                        </tr>
                      }
                    </tbody>
                  </table>
                </div>
              } @else {<hilo-empty [title]="text('plans.blank')" [words]="text('plans.blank.help')" />}
            } @else if (plans.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="plans.reload()" />}
            @else {<div class="waiting"><hilo-skeleton [lines]="5" /></div>}
          </div>
        </section>
      </div>
      <router-outlet />
    </div>
  `,
  styleUrls: ['../people/list-page.css', './book.css'],
})
export class PlansPage {
  readonly #api = inject(CustomersApi);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectBookText();
  protected readonly mayManage = inject(CurrentSession).can('customers.manage');
  protected readonly plans = injectLive(() => this.#api.plans(), ({ topic }) => topic === 'customer');

  constructor() {
    injectPageTitle(() => this.text('plans'));
  }
}
