import { Component, computed, inject, input, output } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { Moments } from '../time/moments';
import { causeOf, tickOf } from './delivery';
import { FormattedText } from './formatted-text';
import { es } from './i18n/es';
import { injectChatText } from './i18n/inject-text';

const mediaIcons: Record<string, IconName> = { image: 'image', sticker: 'image', audio: 'mic', video: 'play', location: 'pin', contact: 'user' };
const authorIcons: Record<string, IconName> = { bot: 'bot', owner: 'phone', system: 'info' };

/** One message: told apart by author, with its time and, if it went out, what became of it. */
@Component({
  selector: 'hilo-chat-message',
  imports: [FormattedText, Icon],
  template: `
    @if (who(); as who) {<span class="msg__who">@if (who.icon; as icon) {<hilo-icon [name]="icon" />}{{ who.name }}</span>}
    <div class="bubble">
      @if (media(); as media) {<span class="filecard"><hilo-icon [name]="media.icon" />{{ media.label }}</span>}
      @if (entry().text; as written) {<hilo-formatted-text [text]="written" />}
      <span class="meta"><time [attr.datetime]="entry().at">{{ moments.time(entry().at) }}</time>
        @if (tick(); as tick) {
          <span class="tick" [class.tick--read]="tick.tick === 'read'" [class.tick--failed]="tick.tick === 'failed'" [title]="text(tick.words)">
            <hilo-icon [name]="tick.icon" /><span class="sr">{{ text(tick.words) }}</span>
          </span>
        }
      </span>
    </div>
    @if (fault(); as fault) {
      <p class="msg__fault"><span><hilo-icon [name]="fault.icon" /><span>{{ fault.words }}</span></span>
        @if (fault.again && writable()) {<button type="button" (click)="again.emit(entry().text ?? '')">{{ text('again') }}</button>}
      </p>
    }
  `,
  host: {
    class: 'msg',
    '[class.msg--out]': `entry().direction === 'out'`,
    '[class.msg--bot]': `entry().author === 'bot'`,
    '[class.msg--agent]': `entry().author === 'agent' || entry().author === 'owner'`,
    '[class.msg--failed]': `tick()?.tick === 'failed'`,
    '[class.msg--unknown]': `tick()?.tick === 'unknown'`,
  },
})
export class ChatMessage {
  readonly entry = input.required<Entry>();
  /** Whether it begins a stretch of one voice, which is named once. */
  readonly named = input(true);
  /** Whether the person may write here now. */
  readonly writable = input(false);
  /** The text of a message that failed for good, to be sent as a new one. */
  readonly again = output<string>();
  protected readonly text = injectChatText();
  protected readonly moments = inject(Moments);

  protected readonly who = computed(() => {
    const { direction, author, agent } = this.entry();
    if (direction === 'in' || !this.named()) return undefined;
    const key = `author.${author}`;
    return { icon: authorIcons[author], name: agent?.name ?? this.text(key in es ? (key as keyof typeof es) : 'author.system') };
  });
  protected readonly tick = computed(() => {
    const { direction, state } = this.entry();
    return direction === 'out' && state ? tickOf(state) : undefined;
  });
  protected readonly fault = computed(() => {
    const tick = this.tick()?.tick;
    if (tick !== 'failed' && tick !== 'unknown') return undefined;
    const { words, code } = causeOf(this.entry().cause);
    const cause = this.text(words, { code });
    return { icon: tick === 'failed' ? ('alert' as const) : ('help' as const), words: this.text(tick, { cause }), again: tick === 'failed' && this.entry().author === 'agent' };
  });
  protected readonly media = computed(() => {
    const kind = this.entry().contentKind ?? 'text';
    if (kind === 'text') return undefined;
    const key = `kind.${kind}`;
    return { icon: mediaIcons[kind] ?? 'file', label: this.text(key in es ? (key as keyof typeof es) : 'kind.other', { kind }) };
  });
}
