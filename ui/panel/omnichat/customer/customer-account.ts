import { Component, computed, inject, input } from '@angular/core';
import type { Customer } from '../../../shared/api/conversations-api';
import { Icon } from '../../../shared/icons/icon';
import { injectOmniText } from '../i18n/inject-text';
import { MoneyAndDays } from './money-and-days';

/** What a customer owes: balance and due date, as far as the company shows them. */
@Component({
  selector: 'panel-customer-account',
  imports: [Icon],
  template: `
    <section>
      <h3>{{ text('client.account') }}</h3>
      <div class="account">
        @if (shown().has('balance')) {<div><span class="caption">{{ text('client.balance') }}</span><b class="num">{{ customer().balance ? words.money(customer().balance!) : '—' }}</b></div>}
        @if (shown().has('due-on') && customer().dueOn; as day) {<div><span class="caption">{{ text('client.due') }}</span><b class="num">{{ words.day(day) }}</b></div>}
        <div class="push">
          @if (shown().has('balance') && customer().balance) {
            @if (owes() > 0) {<span class="state state--warn"><hilo-icon name="alert" />{{ text('client.owes') }}</span>}
            @else {<span class="state state--ok"><hilo-icon name="check" />{{ text(owes() < 0 ? 'client.credit' : 'client.paid') }}</span>}
          }
        </div>
      </div>
    </section>
  `,
  styles: `
    :host { display: contents; }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin-bottom: 6px; }
    .account { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 24px; padding: 8px 12px; border: 1px solid var(--hilo-outline-variant); border-radius: 8px; }
    .account b { display: block; font: var(--hilo-title-sm); }
  `,
})
export class CustomerAccount {
  readonly customer = input.required<Customer>();
  readonly shown = input.required<ReadonlySet<string>>();
  protected readonly text = injectOmniText();
  protected readonly words = inject(MoneyAndDays);
  /** Above zero: they owe. */
  protected readonly owes = computed(() => Number(this.customer().balance?.amount ?? 0));
}
