import { DOCUMENT, Component, inject, input } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { Toasts } from '../../feedback/toasts';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';

type Cards = NonNullable<NonNullable<Entry['details']>['contacts']>;

/** Contact cards that were sent, each number ready to be copied. */
@Component({
  selector: 'hilo-contact-cards',
  imports: [Icon],
  template: `
    @for (card of cards(); track $index) {
      <div class="filecard"><hilo-icon name="user" />
        <span class="grow"><b>{{ card.name || text('kind.contact') }}</b>
          @for (phone of card.phones; track $index) {
            <br><button type="button" class="copy" [attr.aria-label]="text('copy.number', { phone })" [title]="text('copy.number', { phone })" (click)="copy(phone)"><span class="num">{{ phone }}</span> <span class="icon-14"><hilo-icon name="copy" /></span></button>
          } @empty {<br><span class="caption">{{ text('contact.none') }}</span>}
        </span>
      </div>
    }
  `,
  styles: `.copy { display: inline-flex; align-items: center; gap: 6px; min-height: 24px; color: var(--hilo-on-surface); text-decoration: underline dotted; }`,
})
export class ContactCards {
  readonly cards = input.required<Cards>();
  protected readonly text = injectChatText();
  readonly #toasts = inject(Toasts);
  readonly #navigator = inject(DOCUMENT).defaultView?.navigator;

  /** Without TLS browsers give pages no clipboard; then the number stays on the screen, to be copied by hand. */
  protected async copy(phone: string): Promise<void> {
    try {
      await this.#navigator!.clipboard.writeText(phone);
      this.#toasts.show({ icon: 'check', words: this.text('copied', { phone }) });
    } catch {
      this.#toasts.show({ icon: 'info', words: this.text('copy.refused', { phone }) });
    }
  }
}
