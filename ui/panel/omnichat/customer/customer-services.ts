import { Component, computed, inject, input, output } from '@angular/core';
import type { CustomerService } from '../../../shared/api/conversations-api';
import { Icon } from '../../../shared/icons/icon';
import type { IconName } from '../../../shared/icons/icon-names';
import { Moments } from '../../../shared/time/moments';
import { es } from '../i18n/es';
import { injectOmniText } from '../i18n/inject-text';
import { MoneyAndDays } from './money-and-days';

/** A customer's services: plan, state, address, and whether the connection is up, with a fresh look on request. */
@Component({
  selector: 'panel-customer-services',
  imports: [Icon],
  template: `
    @for (view of views(); track $index; let first = $first) {
      @if (part() === 'connection') {
        <section class="conn" [class]="'conn--' + view.tone" role="group" [attr.aria-label]="text('client.connection')">
          <p class="row"><hilo-icon [name]="view.icon" /><b class="grow">{{ view.words }}@if (views().length > 1) {<span class="caption"> · {{ view.service.plan }}</span>}</b>
            @if (first) {<button type="button" class="btn btn--outline btn--sm" [disabled]="checking()" (click)="check.emit()"><hilo-icon name="refresh" />{{ text(checking() ? 'client.checking' : 'client.check') }}</button>}
          </p>
          <p class="details" role="status">{{ view.details }} @if (first) {{{ text('client.asOf', { ago: moments.ago(asOf()) }) }}}</p>
        </section>
      } @else {
        <dl class="dl">
          @for (fact of view.facts; track fact.field) {<dt>{{ fact.name }}</dt><dd [class.strong]="fact.field === 'plan'">{{ fact.value }}</dd>}
        </dl>
      }
    }
  `,
  styles: `
    :host { display: contents; }
    .conn { padding: 10px 12px; border-radius: 8px; background: var(--hilo-surface-container); font: var(--hilo-body-sm); }
    .conn--up { background: var(--hilo-success-container); color: var(--hilo-on-success-container); }
    .conn--down { background: var(--hilo-error-container); color: var(--hilo-on-error-container); }
    .conn b { font-weight: 600; }
    .details { font: var(--hilo-caption); margin-top: 6px; }
  `,
})
export class CustomerServices {
  readonly services = input.required<readonly CustomerService[]>();
  readonly part = input.required<'connection' | 'service'>();
  /** The facts that the company shows, in its order. */
  readonly fields = input.required<readonly string[]>();
  readonly asOf = input.required<string>();
  readonly checking = input(false);
  readonly check = output();
  protected readonly text = injectOmniText();
  protected readonly moments = inject(Moments);
  protected readonly amounts = inject(MoneyAndDays);

  protected readonly views = computed(() =>
    this.services().map((service) => {
      const [tone, icon, words] = this.#connection(service.online);
      return { service, tone, icon, words, details: this.#details(service), facts: this.#facts(service) };
    }),
  );

  /** Each with its name, in the company's order; what the system did not say is left out. The state of a service follows its plan. */
  #facts(service: CustomerService): { field: string; name: string; value: string }[] {
    const key = `service.${service.status}`;
    const values: Record<string, [string, string | undefined]> = {
      plan: [this.text('client.plan'), service.plan],
      'service-address': [this.text('client.address'), service.address],
      'service-number': [this.text('client.service.number'), service.number],
      price: [this.text('client.price'), service.price && this.amounts.money(service.price)],
      'installed-on': [this.text('client.installed'), service.installedOn && this.amounts.day(service.installedOn)],
      ip: ['IP', service.ip],
      'onu-serial': [this.text('client.onu'), service.onuSerial],
      state: [this.text('client.status'), key in es ? this.text(key as keyof typeof es) : service.status],
    };
    const shown = this.fields().flatMap((field) => (field === 'plan' ? ['plan', 'state'] : [field]));
    return shown.flatMap((field) => {
      const [name, value] = values[field] ?? [];
      return name === undefined || value === undefined || value === '' ? [] : [{ field, name, value }];
    });
  }

  #connection(online?: boolean): [string, IconName, string] {
    if (online === undefined) return ['unknown', 'help', this.text('client.connection.unknown')];
    return online ? ['up', 'wifi', this.text('client.online')] : ['down', 'wifioff', this.text('client.offline')];
  }

  #details({ since, signalDbm }: CustomerService): string {
    const parts = [
      since ? this.text('client.since', { when: this.moments.moment(since) }) : '',
      signalDbm === undefined || !this.fields().includes('signal') ? '' : this.text('client.signal', { dbm: signalDbm }),
    ].filter(Boolean);
    return parts.length ? `${parts.join(' · ')}.` : '';
  }
}
