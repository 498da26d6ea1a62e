import { Component, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { LinkNumber } from '../link/link-number';
import { LinkReason } from '../link/link-reason';
import { showNumber } from '../link/phone-digits';
import { Channels } from '../shell/channels';
import { injectSetupText } from './i18n/inject-text';

/** The number, linked by QR or by code, live. */
@Component({
  selector: 'setup-number',
  imports: [Icon, LinkNumber, LinkReason],
  template: `
    @if (channels.first(); as channel) {
      @if (channel.state === 'linked') {
        <section class="card done" role="status"><hilo-icon name="check" /><div><h2 class="h1">{{ text('number.linked') }}</h2><p class="muted">{{ text('number.linked.help', { number: show(channel.number ?? channel.name) }) }}</p></div></section>
      } @else {
        <panel-link-reason [channel]="channel" />
        <section class="card"><panel-link-number [channel]="channel" /></section>
      }
    } @else if (channels.all()) {
      <p class="notice notice--warn"><hilo-icon name="alert" />{{ text('number.none') }}</p>
    }
  `,
  styles: `
    :host { display: block; max-width: 1100px; }
    .done { display: flex; gap: 16px; align-items: center; padding: 32px; }
    .done ::ng-deep .icon { width: 40px; height: 40px; padding: 8px; border-radius: 50%; background: var(--hilo-success-container); color: var(--hilo-on-success-container); stroke-width: 2.4; }
  `,
})
export class NumberStep {
  protected readonly channels = inject(Channels);
  protected readonly text = injectSetupText();
  protected readonly show = showNumber;
}
