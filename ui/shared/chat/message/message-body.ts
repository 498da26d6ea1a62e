import { Component, computed, input, output } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import type { IconName } from '../../icons/icon-names';
import { FormattedText } from '../formatted-text';
import { es } from '../i18n/es';
import { injectChatText } from '../i18n/inject-text';
import { ContactCards } from './contact-cards';
import { kindKey } from './kind-key';
import { MessageFile } from './message-file';
import { PlaceCard } from './place-card';

const fileKinds = new Set(['image', 'video', 'audio', 'document', 'sticker']);
const cardIcons: Record<string, IconName> = { 'poll': 'checks', 'order': 'receipt', 'product': 'tag', 'group-invite': 'users', 'unreadable': 'eyeoff', 'placeholder': 'eyeoff', 'location': 'pin', 'contact': 'user' };
/** Their cards say all that their text says. */
const withoutText = new Set(['location', 'contact']);

/** What a message holds, by its kind: a kind that this version does not know is named. */
@Component({
  selector: 'hilo-message-body',
  imports: [ContactCards, FormattedText, Icon, MessageFile, PlaceCard],
  template: `
    @if (hasFile()) {<hilo-message-file [entry]="entry()" (view)="view.emit()" />}
    @else if (entry().details?.location; as place) {<hilo-place-card [place]="place" />}
    @else if (entry().details?.contacts; as cards) {<hilo-contact-cards [cards]="cards" />}
    @else if (card(); as card) {<span class="filecard"><hilo-icon [name]="card.icon" /><span>{{ card.words }}@if (card.why) {<br><span class="caption">{{ card.why }}</span>}</span></span>}
    @if (words(); as words) {<hilo-formatted-text [text]="words" />}
  `,
})
export class MessageBody {
  readonly entry = input.required<Entry>();
  /** What it says, when that is not what it said first. */
  readonly said = input<string>();
  readonly view = output();
  protected readonly text = injectChatText();
  readonly #kind = computed(() => this.entry().contentKind ?? 'text');
  protected readonly hasFile = computed(() => fileKinds.has(this.#kind()));
  protected readonly words = computed(() => {
    const { details } = this.entry();
    if (withoutText.has(this.#kind()) && (details?.location || details?.contacts)) return '';
    return this.said() ?? this.entry().text ?? '';
  });
  protected readonly card = computed(() => {
    const kind = this.#kind();
    if (kind === 'text') return undefined;
    const reason = `unreadable.${this.entry().details?.unreadable}`;
    return {
      icon: cardIcons[kind] ?? 'file',
      words: this.text(kindKey(kind), { kind }),
      why: reason in es ? this.text(reason as keyof typeof es) : undefined,
    };
  });
}
