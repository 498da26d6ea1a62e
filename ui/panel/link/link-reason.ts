import { Component, computed, inject, input } from '@angular/core';
import type { Channel } from '../../shared/api/channels-api';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { injectLinkText } from './i18n/inject-text';

/** Why a number that was linked, or tried to be, is not: in words, with what to do. */
@Component({
  selector: 'panel-link-reason',
  imports: [Icon],
  template: `
    @if (reason(); as why) {
      <p class="notice" [class]="why === 'refused' ? 'notice--bad' : 'notice--warn'" role="alert">
        <hilo-icon name="alert" /><span><b>{{ text(why === 'refused' ? 'reason.refused' : 'reason.logged-out') }}</b> {{ text(why === 'refused' ? 'reason.refused.what' : 'reason.logged-out.what') }} {{ text('reason.since', { at: moments.moment(channel().stateAt) }) }}</span>
      </p>
    }
  `,
  styles: `.notice { margin-bottom: 12px; }`,
})
export class LinkReason {
  readonly channel = input.required<Channel>();
  protected readonly moments = inject(Moments);
  protected readonly text = injectLinkText();
  protected readonly reason = computed(() => {
    const { state } = this.channel();
    return state === 'refused' || state === 'logged-out' ? state : undefined;
  });
}
