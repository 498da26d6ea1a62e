import { Component, inject } from '@angular/core';
import { Icon } from '../icons/icon';
import { Push } from '../push/push';
import { injectSharedText } from './inject-text';

/** Says when the screen no longer follows what happens, and when it does again. */
@Component({
  selector: 'hilo-link-notice',
  imports: [Icon],
  template: `
    <div role="status">
      @switch (push.link()) {
        @case ('cut') {<p class="toast"><hilo-icon name="wifioff" />{{ text('link.cut') }}</p>}
        @case ('back') {<p class="toast"><hilo-icon name="wifi" />{{ text('link.back') }}</p>}
      }
    </div>
  `,
  styles: `:host { position: fixed; inset: 64px 16px auto; display: flex; justify-content: center; pointer-events: none; z-index: 1050; } .toast { padding-right: 16px; }`,
})
export class LinkNotice {
  protected readonly push = inject(Push);
  protected readonly text = injectSharedText();
}
