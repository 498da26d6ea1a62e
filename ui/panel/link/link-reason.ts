import { Component, computed, inject, input } from '@angular/core';
import type { Channel } from '../../shared/api/channels-api';
import { Icon } from '../../shared/icons/icon';
import { Clock } from '../../shared/time/clock';
import { Moments } from '../../shared/time/moments';
import { injectLinkText } from './i18n/inject-text';
import { reasonOf } from './reason-of';

/** Why a number is not linked, or what WhatsApp forbids it for now: in words, with what to do. */
@Component({
  selector: 'panel-link-reason',
  imports: [Icon],
  template: `
    @if (reason(); as why) {
      <p class="notice" [class]="why.isBad ? 'notice--bad' : 'notice--warn'" role="alert">
        <hilo-icon name="alert" /><span>@if (name()) {<b>{{ name() }}:&ngsp;</b>}<b>{{ text(why.title) }}</b> {{ text(why.what) }}
          @if (why.until) {{{ text('reason.until', { at: moments.moment(why.until) }) }}} @else {{{ text('reason.since', { at: moments.moment(channel().stateAt) }) }}}</span>
      </p>
    }
  `,
  styles: `.notice { margin-bottom: 12px; }`,
})
export class LinkReason {
  readonly channel = input.required<Channel>();
  /** The number's name, where there are several. */
  readonly name = input<string>();
  readonly #clock = inject(Clock);
  protected readonly moments = inject(Moments);
  protected readonly text = injectLinkText();
  protected readonly reason = computed(() => reasonOf(this.channel(), this.#clock.halfMinute()));
}
