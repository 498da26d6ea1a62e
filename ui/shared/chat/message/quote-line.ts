import { Component, computed, input, output } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { es } from '../i18n/es';
import { injectChatText } from '../i18n/inject-text';
import { kindKey } from './kind-key';

type Quote = NonNullable<NonNullable<Entry['details']>['quote']>;

/** The message that a bubble quotes; pressed, it leads there. */
@Component({
  selector: 'hilo-quote-line',
  template: `<button type="button" class="quote" [title]="text('quote.jump')" (click)="jump.emit()"><b>{{ who() }}</b>{{ words() }}</button>`,
})
export class QuoteLine {
  readonly quote = input.required<Quote>();
  /** That message, where it has been read. */
  readonly quoted = input<Entry>();
  readonly jump = output();
  protected readonly text = injectChatText();
  protected readonly who = computed(() => {
    const author = this.quoted()?.author ?? (this.quote().fromMe ? 'us' : 'customer');
    const key = `author.${author}`;
    return this.quoted()?.agent?.name ?? this.text(key in es ? (key as keyof typeof es) : 'author.system');
  });
  protected readonly words = computed(() => {
    const said = this.quote().text ?? this.quoted()?.text;
    return said || this.text(kindKey(this.quote().kind), { kind: this.quote().kind });
  });
}
