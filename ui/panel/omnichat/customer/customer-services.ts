import { Component, computed, inject, input, output } from '@angular/core';
import type { CustomerService } from '../../../shared/api/conversations-api';
import { Icon } from '../../../shared/icons/icon';
import type { IconName } from '../../../shared/icons/icon-names';
import { Moments } from '../../../shared/time/moments';
import { es } from '../i18n/es';
import { injectOmniText } from '../i18n/inject-text';

/** A customer's services: plan, state, address, and whether the connection is up, with a fresh look on request. */
@Component({
  selector: 'panel-customer-services',
  imports: [Icon],
  template: `
    @for (view of views(); track $index; let first = $first) {
      <section class="conn" [class]="'conn--' + view.tone" role="group" [attr.aria-label]="text('client.connection')">
        <p class="row"><hilo-icon [name]="view.icon" /><b class="grow">{{ view.words }}</b>
          @if (first) {<button type="button" class="btn btn--outline btn--sm" [disabled]="checking()" (click)="check.emit()"><hilo-icon name="refresh" />{{ text(checking() ? 'client.checking' : 'client.check') }}</button>}
        </p>
        <p class="details" role="status">{{ view.details }} @if (first) {{{ text('client.asOf', { ago: moments.ago(asOf()) }) }}}</p>
      </section>
      <dl class="dl">
        <dt>{{ text('client.plan') }}</dt><dd class="strong">{{ view.service.plan }}</dd>
        @if (view.status) {<dt>{{ text('client.status') }}</dt><dd>{{ view.status }}</dd>}
        @if (view.service.address; as address) {<dt>{{ text('client.address') }}</dt><dd>{{ address }}</dd>}
      </dl>
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
  readonly asOf = input.required<string>();
  readonly checking = input(false);
  readonly check = output();
  protected readonly text = injectOmniText();
  protected readonly moments = inject(Moments);

  protected readonly views = computed(() =>
    this.services().map((service) => {
      const [tone, icon, words] = this.#connection(service.online);
      const key = `service.${service.status}`;
      const status = key in es ? this.text(key as keyof typeof es) : service.status;
      return { service, tone, icon, words, details: this.#details(service), status };
    }),
  );

  #connection(online?: boolean): [string, IconName, string] {
    if (online === undefined) return ['unknown', 'help', this.text('client.connection.unknown')];
    return online ? ['up', 'wifi', this.text('client.online')] : ['down', 'wifioff', this.text('client.offline')];
  }

  #details({ since, signalDbm }: CustomerService): string {
    const parts = [
      since ? this.text('client.since', { when: this.moments.moment(since) }) : '',
      signalDbm === undefined ? '' : this.text('client.signal', { dbm: signalDbm }),
    ].filter(Boolean);
    return parts.length ? `${parts.join(' · ')}.` : '';
  }
}
