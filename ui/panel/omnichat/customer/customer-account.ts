import { Component, computed, inject, input } from '@angular/core';
import type { Customer, Money } from '../../../shared/api/conversations-api';
import { Icon } from '../../../shared/icons/icon';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { CurrentSession } from '../../../shared/session/current-session';
import { Clock } from '../../../shared/time/clock';
import { injectOmniText } from '../i18n/inject-text';
import { dayText } from './calendar-day';

/** What a customer owes: balance, due date, and each invoice that is open. */
@Component({
  selector: 'panel-customer-account',
  imports: [Icon],
  template: `
    <section>
      <h3>{{ text('client.account') }}</h3>
      <div class="account">
        <div><span class="caption">{{ text('client.balance') }}</span><b class="num">{{ balance() ? money(balance()!) : '—' }}</b></div>
        @if (customer().dueOn; as day) {<div><span class="caption">{{ text('client.due') }}</span><b class="num">{{ dayOf(day) }}</b></div>}
        <div class="push">
          @if (balance(); as balance) {
            @if (owes() > 0) {<span class="state state--warn"><hilo-icon name="alert" />{{ text('client.owes') }}</span>}
            @else {<span class="state state--ok"><hilo-icon name="check" />{{ text(owes() < 0 ? 'client.credit' : 'client.paid') }}</span>}
          }
        </div>
      </div>
    </section>
    <section>
      <h3>{{ text('client.invoices') }}</h3>
      <ul class="lines">
        @for (invoice of invoices(); track invoice.number) {
          <li><span class="icon-16"><hilo-icon name="file" /></span><span class="grow"><b>{{ text('client.invoice', { number: invoice.number }) }}</b><span class="caption num">{{ money(invoice.amount) }} · {{ text(isPast(invoice.dueOn) ? 'client.invoice.overdue' : 'client.invoice.due', { day: dayOf(invoice.dueOn) }) }}</span></span></li>
        }
      </ul>
      @if (!invoices().length) {<p class="caption">{{ text('client.invoices.none') }}</p>}
    </section>
    @if (customer().document; as document) {<dl class="dl"><dt>{{ text('client.document') }}</dt><dd>{{ document }}</dd></dl>}
  `,
  styles: `
    :host { display: contents; }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin-bottom: 6px; }
    .account { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 24px; padding: 8px 12px; border: 1px solid var(--hilo-outline-variant); border-radius: 8px; }
    .account b { display: block; font: var(--hilo-title-sm); }
    .lines:not(:empty) { border: 1px solid var(--hilo-outline-variant); border-radius: 8px; }
    li { display: flex; align-items: center; gap: 10px; padding: 7px 12px; font: var(--hilo-body-sm); }
    li + li { border-top: 1px solid var(--hilo-outline-variant); }
    li b { display: block; font: var(--hilo-label); }
    li .caption { display: block; }
  `,
})
export class CustomerAccount {
  readonly customer = input.required<Customer>();
  protected readonly text = injectOmniText();
  readonly #session = inject(CurrentSession);
  readonly #language = inject(LanguageChoice);
  readonly #clock = inject(Clock);
  readonly #locale = computed(() => (this.#language.current() === 'es' ? (this.#session.company()?.locale ?? 'es-AR') : 'en'));
  protected readonly balance = computed(() => this.customer().balance);
  /** Above zero: they owe. */
  protected readonly owes = computed(() => Number(this.balance()?.amount ?? 0));
  protected readonly invoices = computed(() => this.customer().invoices.filter(({ state }) => state === 'open'));

  /** The decimal goes to the formatter as the text that it is: no float comes between. */
  protected money({ amount, currency }: Money): string {
    return new Intl.NumberFormat(this.#locale(), { style: 'currency', currency }).format(amount as `${number}`);
  }

  protected dayOf(day: string): string {
    return dayText(day, this.#language.locale());
  }

  protected isPast(day: string): boolean {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: this.#session.company()?.timeZone }).format(this.#clock.halfMinute());
    return day.slice(0, 10) < today;
  }
}
