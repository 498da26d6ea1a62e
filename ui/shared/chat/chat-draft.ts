import { Component, computed, inject, input, output } from '@angular/core';
import { injectProblemText } from '../feedback/inject-problem';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { Moments } from '../time/moments';
import { FormattedText } from './formatted-text';
import { injectChatText } from './i18n/inject-text';
import { injectSizeWords } from './message/file-size';
import { kindKey } from './message/kind-key';
import type { Draft } from './outbox';
import { tickOf } from './delivery';

const fileIcons: Record<string, IconName> = { image: 'image', video: 'play', audio: 'mic' };

/** What was written here and the server does not have yet: on its way, or failed with the reason and another try. */
@Component({
  selector: 'hilo-chat-draft',
  imports: [FormattedText, Icon],
  templateUrl: './chat-draft.html',
  host: { class: 'msg msg--out', '[class.msg--agent]': `draft().kind === 'message' && !failure()`, '[class.msg--failed]': `draft().kind === 'message' && failure()` },
})
export class ChatDraft {
  readonly draft = input.required<Draft>();
  readonly retry = output<string>();
  readonly discard = output<string>();
  /** Gives up what has not left yet. */
  readonly giveUp = output<string>();
  protected readonly text = injectChatText();
  protected readonly kindKey = kindKey;
  protected readonly moments = inject(Moments);
  readonly #problemText = injectProblemText();
  readonly #sizeWords = injectSizeWords();
  protected readonly failure = computed(() => {
    const { state, problem } = this.draft();
    return state === 'failed' && problem ? this.#problemText(problem) : undefined;
  });
  protected readonly tick = computed(() => tickOf(this.draft().state === 'accepted' ? 'queued' : this.draft().state));
  /** Percent of its file that has left. */
  protected readonly percent = computed(() => {
    const { progress } = this.draft();
    return progress === undefined ? undefined : Math.round(progress * 100);
  });
  protected readonly given = computed(() => this.percent() !== undefined || (this.draft().state === 'waiting' && this.draft().kind === 'message'));
  protected readonly card = computed((): { icon: IconName; title: string; more?: string } | undefined => {
    const { attachment, place, card, reaction } = this.draft().content ?? {};
    if (attachment) return { icon: fileIcons[attachment.kind] ?? 'file', title: attachment.name, more: this.#sizeWords(attachment.file.size) };
    if (place) return { icon: 'pin', title: place.name ?? this.text('kind.location'), more: `${place.latitude}, ${place.longitude}` };
    if (card) return { icon: 'user', title: card.name, more: card.phones.join(', ') };
    if (reaction) return { icon: 'smile', title: this.text(reaction.emoji ? 'aside.reaction.sending' : 'aside.unreaction.sending', { said: reaction.emoji }) };
    return undefined;
  });
}
