import { Component, computed, inject, input, output } from '@angular/core';
import { FormattedText } from '../../shared/chat/formatted-text';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { injectText } from '../i18n/inject-text';
import { injectReason } from '../i18n/inject-reason';
import type { Bubble, Tick } from './bubbles';

const tickIcons: Record<Tick, IconName> = {
  sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', refused: 'alert', unreadable: 'clock', failed: 'alert',
};

/** One message with its time and ticks; a failed one says why and offers another try. */
@Component({
  selector: 'phone-message-bubble',
  imports: [FormattedText, Icon],
  template: `
    <div class="bubble">
      @if (bubble().quote; as quote) {<span class="quote">{{ quote }}</span>}
      @if (media(); as media) {<span class="filecard"><hilo-icon [name]="media.icon" />{{ media.label }}</span>}
      @if (bubble().text; as written) {<hilo-formatted-text [text]="written" />}
      <span class="meta"><time [attr.datetime]="bubble().at.toISOString()">{{ time() }}</time>
        @if (bubble().tick; as tick) {
          <span class="tick" [class.tick--read]="tick === 'read'" [class.tick--failed]="tick === 'failed' || tick === 'refused'" [title]="text(tickKey(tick))">
            <hilo-icon [name]="tickIcon(tick)" /><span class="sr">{{ text(tickKey(tick)) }}</span>
          </span>
        }
      </span>
    </div>
    @if (bubble().failure; as failure) {
      <p class="msg__fault" role="alert">
        <hilo-icon name="alert" /><span>{{ text('chat.failed', { reason: reason(failure) }) }}</span>
        <button type="button" (click)="retry.emit()">{{ text('chat.retry') }}</button>
      </p>
    }
  `,
  styles: `
    .bubble { white-space: normal; }
    hilo-formatted-text { white-space: pre-wrap; }
  `,
  host: {
    class: 'msg',
    '[class.msg--out]': 'bubble().mine',
    '[class.msg--agent]': 'bubble().mine && !bubble().failure',
    '[class.msg--bot]': '!bubble().mine && fromBusiness()',
    '[class.msg--failed]': 'bubble().failure',
  },
})
export class MessageBubble {
  readonly bubble = input.required<Bubble>();
  /** The other side is the business, which is told apart by its own fill. */
  readonly fromBusiness = input.required<boolean>();
  readonly retry = output();
  protected readonly text = injectText();
  protected readonly reason = injectReason();
  readonly #language = inject(LanguageChoice);

  protected readonly time = computed(() =>
    this.bubble().at.toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );
  protected readonly media = computed(() => {
    const { kind, fileName } = this.bubble();
    if (kind === 'text') return undefined;
    const known = (['image', 'document', 'audio', 'video', 'location'] as const).find((name) => name === kind);
    const icons: Record<string, IconName> = { image: 'image', audio: 'mic', video: 'play', location: 'pin' };
    return { icon: icons[kind] ?? 'file', label: fileName ?? this.text(known ? `kind.${known}` : 'kind.other', { kind }) };
  });

  protected tickIcon(tick: Tick): IconName {
    return tickIcons[tick];
  }

  protected tickKey(tick: Tick): `tick.${Tick}` {
    return `tick.${tick}`;
  }
}
