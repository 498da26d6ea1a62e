import { Component, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import { Live } from '../simulator/live';

/** Says when the simulator cannot be reached, and when it is back. */
@Component({
  selector: 'phone-link-notice',
  imports: [Icon],
  template: `
    <div role="status">
      @switch (live.link()) {
        @case ('offline') {<p class="notice notice--warn"><hilo-icon name="wifioff" />{{ text('link.offline') }}</p>}
        @case ('back') {<p class="notice notice--ok"><hilo-icon name="check" />{{ text('link.back') }}</p>}
      }
    </div>
  `,
})
export class LinkNotice {
  protected readonly live = inject(Live);
  protected readonly text = injectText();
}
