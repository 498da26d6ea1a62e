import { Component, ElementRef, afterRenderEffect, computed, inject, untracked, viewChild } from '@angular/core';
import { FormattedText } from '../../shared/chat/formatted-text';
import { Icon } from '../../shared/icons/icon';
import { Chat } from '../chat/chat';
import { ConversationView } from '../chat/conversation-view';
import { Reading } from '../chat/reading';
import { injectText } from '../i18n/inject-text';
import { PhoneFrame } from '../layout/phone-frame';
import { Toasts } from '../layout/toast';
import { Live } from '../simulator/live';
import { Place } from '../simulator/place';
import { SimulatorApi } from '../simulator/simulator-api';
import { Typing } from '../simulator/typing';
import { World } from '../simulator/world';
import { StatusRing } from '../statuses/status-ring';
import { StatusScreen } from '../statuses/status-screen';
import { Statuses } from '../statuses/statuses';
import { PersonOptions } from './person-options';
import { initialsOf, showNumber } from './phone-number';
import { SamplePeople } from './sample-people';
import { Seen } from './seen';

/** The chosen customer's phone: the chat with the business or in a group, and the statuses. */
@Component({
  selector: 'phone-customer-phone',
  imports: [ConversationView, FormattedText, Icon, PersonOptions, PhoneFrame, StatusRing, StatusScreen],
  templateUrl: './customer-phone.html',
  styleUrl: './customer-phone.css',
})
export class CustomerPhone {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #seen = inject(Seen);
  readonly #typing = inject(Typing);
  readonly #reading = inject(Reading);
  readonly #statuses = inject(Statuses);
  protected readonly samples = inject(SamplePeople);
  protected readonly chat = inject(Chat);
  protected readonly live = inject(Live);
  protected readonly place = inject(Place);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly initials = initialsOf;
  protected readonly show = showNumber;
  private readonly conversation = viewChild(ConversationView);
  private readonly body = viewChild.required<ElementRef<HTMLElement>>('body');

  protected readonly businessName = computed(() => {
    const account = this.world.account();
    return account ? (account.name ?? showNumber(account.number)) : '';
  });
  /** Whom one writes to: the business or the group. */
  protected readonly title = computed(() => this.world.group()?.subject ?? this.businessName());
  /** Customers of the open group: each may be who writes. */
  protected readonly members = computed(() => {
    const numbers = new Set(this.world.group()?.members.map(({ number }) => number));
    return this.world.people().filter(({ number }) => numbers.has(number));
  });
  protected readonly presence = computed(() => {
    const account = this.world.account();
    if (!account?.linked) return this.text('chat.unlinked');
    if (!account.online) return this.text('chat.offline');
    const typing = this.#typing.isOn(account.number, this.world.group()?.id ?? this.world.person()?.number ?? '');
    if (typing) return this.text('chat.typing');
    return this.world.group() ? this.text('groups.members', { count: this.world.group()!.members.length }) : this.text('chat.online');
  });
  protected readonly ring = computed(() => {
    const all = this.#statuses.byBusiness();
    if (all.length === 0) return 'none';
    return all.some(({ unseen }) => unseen > 0) ? 'new' : 'seen';
  });

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // Whatever this phone shows has been seen; on a narrow screen another pane may stand in its place.
    afterRenderEffect(() => {
      this.place.tab();
      const [pair, messages, rules] = [this.chat.pair(), this.chat.messages(), this.world.rules()];
      const orders = [...this.world.ledger().values()].flatMap(({ account, chat, order }) =>
        account === pair?.account && chat === pair.person ? [order] : [],
      );
      if (!pair || !rules || this.place.statuses() || !host.checkVisibility()) return;
      untracked(() => {
        if (!pair.group) this.#seen.mark(pair.account, pair.person, Math.max(0, ...orders));
        void this.#reading.shown(pair, messages ?? []);
      });
    });
  }

  /** Takes the keyboard to the chat. */
  focus(): void {
    this.body().nativeElement.focus();
  }

  protected sayHello(): void {
    this.conversation()?.write('hola');
  }

  protected async call(): Promise<void> {
    const pair = this.chat.pair();
    if (pair) await this.#toasts.attempt(this.#api.call(pair.person, { to: pair.account, video: false }));
  }
}
