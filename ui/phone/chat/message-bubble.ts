import { Component, computed, inject, input, output } from '@angular/core';
import { FormattedText } from '../../shared/chat/formatted-text';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { showNumber } from '../customers/phone-number';
import { injectReason } from '../i18n/inject-reason';
import { injectText } from '../i18n/inject-text';
import { World } from '../simulator/world';
import type { Bubble, Tick } from './bubbles';
import { MessageContent } from './message-content';
import { injectKindName } from './message-kind';

const tickIcons: Record<Tick, IconName> = {
  sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', refused: 'alert', unreadable: 'clock', failed: 'alert',
};

/** One message with its time and ticks, and the button of what can be done with it; a failed one says why and offers another try. */
@Component({
  selector: 'phone-message-bubble',
  imports: [FormattedText, Icon, MessageContent],
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.css',
  host: {
    class: 'msg',
    '[class.msg--out]': 'bubble().mine',
    '[class.msg--agent]': 'bubble().mine && !bubble().failure',
    '[class.msg--bot]': '!bubble().mine && isBusiness()',
    '[class.msg--failed]': 'bubble().failure',
  },
})
export class MessageBubble {
  readonly bubble = input.required<Bubble>();
  /** Names who wrote what is not one's own: in groups. */
  readonly showsAuthor = input.required<boolean>();
  readonly retry = output();
  /** Its menu is wanted. */
  readonly menu = output();
  readonly played = output();
  readonly #world = inject(World);
  readonly #language = inject(LanguageChoice);
  protected readonly text = injectText();
  protected readonly reason = injectReason();
  protected readonly kindName = injectKindName();

  /** What the business says is told apart by its own fill. */
  protected readonly isBusiness = computed(() => this.#world.accounts().some(({ number }) => number === this.bubble().from));
  protected readonly onNetwork = computed(() => !['sending', 'failed'].includes(this.bubble().tick ?? '') && !this.bubble().deleted && this.bubble().kind !== 'call');
  protected readonly time = computed(() =>
    this.bubble().at.toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );
  protected readonly quoted = computed(() => {
    const { quote } = this.bubble();
    return quote && { name: this.nameOf(quote.from), words: withoutFormat(quote.text ?? '') || this.kindName(quote) };
  });
  protected readonly reactions = computed(() => this.bubble().reactions.map(({ from, emoji }) => ({ emoji, name: this.nameOf(from) })));
  /** What the menu's button is about, for who does not see it. */
  protected readonly summary = computed(() => withoutFormat(this.bubble().text ?? '').slice(0, 60) || this.kindName(this.bubble()));

  protected nameOf(number: string): string {
    return this.#world.names().get(number) ?? showNumber(number);
  }

  protected tickIcon(tick: Tick): IconName {
    return tickIcons[tick];
  }

  protected tickKey(tick: Tick): `tick.${Tick}` {
    return `tick.${tick}`;
  }
}
