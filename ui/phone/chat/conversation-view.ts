import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { withoutFormat } from '../../shared/chat/whatsapp-format';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { type Actor, SimulatorApi } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { type Bubble, daysOf } from './bubbles';
import { CardForm } from './card-form';
import { Chat } from './chat';
import { ChatLog } from './chat-log';
import { Composer } from './composer';
import type { Content } from './content';
import { FilePreview } from './file-preview';
import { injectKindName } from './message-kind';
import { MessageMenu } from './message-menu';
import { actorIn } from './outbox';
import { PersonTyping } from './person-typing';
import { PlaceForm } from './place-form';
import { QuickReplies } from './quick-reply-buttons';

/** The open chat on one of the two phones: what was said, what can be done with it, and where one writes. */
@Component({
  selector: 'phone-conversation',
  imports: [CardForm, ChatLog, Composer, FilePreview, Icon, MessageMenu, PlaceForm, QuickReplies],
  templateUrl: './conversation-view.html',
  styleUrl: './conversation-view.css',
  host: {
    '(dragover)': '$event.preventDefault(); dragging.set(true)',
    '(dragleave)': 'dragging.set(false)',
    '(drop)': 'dropped($event)',
  },
})
export class ConversationView {
  readonly side = input.required<Actor['side']>();
  readonly label = input.required<string>();
  readonly composeLabel = input.required<string>();
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #typing = inject(PersonTyping);
  protected readonly chat = inject(Chat);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly kindName = injectKindName();
  protected readonly dragging = signal(false);
  protected readonly replyTo = signal<Bubble | undefined>(undefined);
  protected readonly editing = signal<Bubble | undefined>(undefined);
  private readonly composer = viewChild.required(Composer);
  private readonly menu = viewChild.required(MessageMenu);
  private readonly preview = viewChild.required(FilePreview);
  private readonly placeForm = viewChild.required(PlaceForm);
  private readonly cardForm = viewChild.required(CardForm);

  protected readonly me = computed(() => {
    const pair = this.chat.pair();
    return pair ? actorIn(pair, this.side()).actor.number : '';
  });
  readonly days = computed(() => daysOf(this.chat.messages() ?? [], this.chat.underWay(), this.side(), this.me()));
  /** What a numbered menu of the other side offers. */
  protected readonly lastHeard = computed(() => {
    const last = this.days().at(-1)?.bubbles.at(-1);
    return this.side() === 'person' && last && !last.mine && !last.deleted ? (last.text ?? '') : '';
  });
  /** What the line above the composer is about. */
  protected readonly about = computed(() => {
    const bubble = this.editing() ?? this.replyTo();
    return bubble && (withoutFormat(bubble.text ?? '') || this.kindName(bubble));
  });

  focus(): void {
    this.composer().focus();
  }

  write(text: string): void {
    const editing = this.editing();
    if (editing) this.#act((actor, to) => this.#api.edit(actor, { to, id: editing.id, text }));
    else this.chat.write(this.side(), { text }, this.replyTo()?.id);
    this.leave();
    this.focus();
  }

  protected attach(kind: 'location' | 'contact'): void {
    (kind === 'location' ? this.placeForm() : this.cardForm()).open();
  }

  protected sendContent(content: Content): void {
    this.chat.write(this.side(), content, this.replyTo()?.id);
    this.leave();
  }

  protected open(files: readonly File[]): void {
    this.preview().open(files);
  }

  protected dropped(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) this.preview().open(files);
  }

  protected showMenu(bubble: Bubble): void {
    this.menu().open(bubble);
  }

  protected react({ bubble, emoji }: { bubble: Bubble; emoji: string }): void {
    this.#act((actor, to) => this.#api.react(actor, { to, id: bubble.id, emoji }));
  }

  protected reply(bubble: Bubble): void {
    this.leave();
    this.replyTo.set(bubble);
    this.focus();
  }

  protected edit(bubble: Bubble): void {
    this.replyTo.set(undefined);
    this.editing.set(bubble);
    this.composer().put(bubble.text ?? '');
  }

  protected erase({ id }: Bubble): void {
    this.#act((actor, to) => this.#api.delete(actor, { to, id }));
  }

  /** What a person plays is told as played. */
  protected played({ id, mine }: Bubble): void {
    if (mine || this.side() !== 'person') return;
    this.#act(({ number }, to) => this.#api.read(number, { to, id, played: true }));
  }

  protected writing(on: boolean): void {
    const pair = this.chat.pair();
    if (pair && this.side() === 'person') this.#typing.typed(pair.person, actorIn(pair, 'person').to, on);
  }

  /** Neither replies nor edits any more. */
  protected leave(): void {
    if (this.editing()) this.composer().put('');
    this.replyTo.set(undefined);
    this.editing.set(undefined);
  }

  #act(call: (actor: Actor, to: string) => Promise<unknown>): void {
    const pair = this.chat.pair();
    if (!pair) return;
    const { actor, to } = actorIn(pair, this.side());
    void this.#toasts.attempt(call(actor, to)).then(() => this.chat.refresh(pair));
  }
}
