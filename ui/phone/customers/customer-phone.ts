import { Component, ElementRef, afterRenderEffect, computed, inject, untracked, viewChild } from '@angular/core';
import { FormattedText } from '../../shared/chat/formatted-text';
import { Icon } from '../../shared/icons/icon';
import { daysOf } from '../chat/bubbles';
import { Chat } from '../chat/chat';
import { ChatLog } from '../chat/chat-log';
import { Composer } from '../chat/composer';
import { quickRepliesIn } from '../chat/quick-replies';
import { injectText } from '../i18n/inject-text';
import { PhoneFrame } from '../layout/phone-frame';
import { Live } from '../simulator/live';
import { Place } from '../simulator/place';
import { Typing } from '../simulator/typing';
import { World } from '../simulator/world';
import { initialsOf, showNumber } from './phone-number';
import { SamplePeople } from './sample-people';
import { Seen } from './seen';

/** The chosen customer's phone: the chat with the business. */
@Component({
  selector: 'phone-customer-phone',
  imports: [ChatLog, Composer, FormattedText, Icon, PhoneFrame],
  templateUrl: './customer-phone.html',
  styleUrl: './customer-phone.css',
})
export class CustomerPhone {
  readonly #seen = inject(Seen);
  readonly #typing = inject(Typing);
  protected readonly samples = inject(SamplePeople);
  protected readonly chat = inject(Chat);
  protected readonly live = inject(Live);
  protected readonly place = inject(Place);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly initials = initialsOf;
  protected readonly show = showNumber;
  private readonly composer = viewChild(Composer);
  private readonly body = viewChild.required<ElementRef<HTMLElement>>('body');

  protected readonly businessName = computed(() => {
    const account = this.world.account();
    return account ? (account.name ?? showNumber(account.number)) : '';
  });
  protected readonly presence = computed(() => {
    const account = this.world.account();
    if (!account?.linked) return this.text('chat.unlinked');
    if (!account.online) return this.text('chat.offline');
    const typing = this.#typing.isOn(account.number, this.world.person()?.number ?? '');
    return this.text(typing ? 'chat.typing' : 'chat.online');
  });
  protected readonly days = computed(() => {
    const person = this.chat.pair()?.person ?? '';
    return daysOf(this.chat.messages() ?? [], this.chat.underWay(), 'person', person);
  });
  protected readonly quickReplies = computed(() => {
    const last = this.days().at(-1)?.bubbles.at(-1);
    return last && !last.mine ? quickRepliesIn(last.text) : [];
  });

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // Whatever this phone shows has been seen; on a narrow screen another pane may stand in its place.
    afterRenderEffect(() => {
      this.place.tab();
      const pair = this.chat.pair();
      const orders = [...this.world.ledger().values()].flatMap(({ account, chat, order }) =>
        account === pair?.account && chat === pair.person ? [order] : [],
      );
      if (pair && host.checkVisibility()) {
        untracked(() => this.#seen.mark(pair.account, pair.person, Math.max(0, ...orders)));
      }
    });
  }

  /** Takes the keyboard to the chat. */
  focus(): void {
    this.body().nativeElement.focus();
  }

  protected write(written: string): void {
    this.chat.write('person', written);
    this.composer()?.focus();
  }
}
