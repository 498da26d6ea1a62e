import { Component, computed, inject, input, output } from '@angular/core';
import { injectProblemText } from '../feedback/inject-problem';
import { Icon } from '../icons/icon';
import { Moments } from '../time/moments';
import { FormattedText } from './formatted-text';
import { injectChatText } from './i18n/inject-text';
import type { Draft } from './outbox';
import { tickOf } from './delivery';

/** What was written here and the server does not have yet: on its way, or failed with the reason and another try. */
@Component({
  selector: 'hilo-chat-draft',
  imports: [FormattedText, Icon],
  template: `
    @if (draft().kind === 'note') {
      <div class="note" [class.note--failed]="failure()">
        <b><hilo-icon name="lock" />{{ failure() ? text('note.failed', { cause: failure() ?? '' }) : text('note.saving') }}</b>
        <hilo-formatted-text [text]="draft().text" />
      </div>
    } @else {
      <div class="bubble"><hilo-formatted-text [text]="draft().text" />
        <span class="meta"><time [attr.datetime]="draft().at">{{ moments.time(draft().at) }}</time>
          <span class="tick" [class.tick--failed]="failure()" [title]="text(tick().words)"><hilo-icon [name]="tick().icon" /><span class="sr">{{ text(tick().words) }}</span></span>
        </span>
      </div>
    }
    @if (failure(); as cause) {
      <p class="msg__fault" role="alert">
        @if (draft().kind === 'message') {<span><hilo-icon name="alert" /><span>{{ text('failed', { cause }) }}</span></span>}
        <button type="button" (click)="retry.emit(draft().key)">{{ text('retry') }}</button>
        <button type="button" (click)="discard.emit(draft().key)">{{ text('discard') }}</button>
      </p>
    }
  `,
  host: { class: 'msg msg--out', '[class.msg--agent]': `draft().kind === 'message' && !failure()`, '[class.msg--failed]': `draft().kind === 'message' && failure()` },
})
export class ChatDraft {
  readonly draft = input.required<Draft>();
  readonly retry = output<string>();
  readonly discard = output<string>();
  protected readonly text = injectChatText();
  protected readonly moments = inject(Moments);
  readonly #problemText = injectProblemText();
  protected readonly failure = computed(() => {
    const { state, problem } = this.draft();
    return state === 'failed' && problem ? this.#problemText(problem) : undefined;
  });
  protected readonly tick = computed(() => tickOf(this.draft().state === 'accepted' ? 'queued' : this.draft().state));
}
