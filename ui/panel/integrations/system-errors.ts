import { Component, inject, input } from '@angular/core';
import type { Integration, IspError } from '../../shared/api/integrations-api';
import { Empty } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { injectIntegrationsText } from './i18n/inject-text';
import { faultWords } from './words';

/** What went wrong with the systems lately, once each, with what to do. */
@Component({
  selector: 'integrations-errors',
  imports: [Empty, Icon],
  template: `
    <section class="card" aria-labelledby="isp-errors">
      <div class="card__head"><h2 id="isp-errors">{{ text('errors') }}</h2></div>
      <div class="card__body">
        <ul>
          @for (error of errors(); track $index) {
            <li><hilo-icon [name]="error.kind === 'fault' ? 'alert' : 'info'" />
              <div><b>{{ words(error) }}</b>
                <span class="muted">{{ text('operation', { operation: error.operation }) }} · {{ error.times === 1 ? text('errors.once', { when: moments.ago(error.lastAt) }) : text('errors.times', { count: error.times, when: moments.ago(error.lastAt) }) }}</span>
                @if (error.kind === 'fault' && error.detail) {<span class="muted">{{ text('test.detail', { detail: error.detail }) }}</span>}
              </div>
            </li>
          }
        </ul>
        @if (errors().length === 0) {<hilo-empty [title]="text('errors.none')" [words]="text('errors.none.help')" />}
      </div>
    </section>
  `,
  styles: `
    li { display: flex; gap: 12px; align-items: flex-start; padding: 10px 0; border-top: 1px solid var(--hilo-outline-variant); font: var(--hilo-body-sm); overflow-wrap: anywhere; }
    li:first-child { border: 0; }
    b, li .muted { display: block; }
    b { font-weight: 600; }
  `,
})
export class SystemErrors {
  readonly errors = input.required<readonly IspError[]>();
  readonly systems = input.required<readonly Integration[]>();
  protected readonly moments = inject(Moments);
  protected readonly text = injectIntegrationsText();

  protected words({ system, kind, fault, detail = '' }: IspError): string {
    if (kind === 'unmapped') return this.text('errors.unmapped', { fields: detail });
    const name = this.systems().find((one) => one.system === system)?.name ?? system;
    return faultWords(this.text, system, name, fault ?? 'unavailable');
  }
}
