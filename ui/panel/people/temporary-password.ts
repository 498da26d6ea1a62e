import { Component, inject, input, output } from '@angular/core';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectPeopleText } from './i18n/inject-text';

/** A password for once, shown this once. */
@Component({
  selector: 'people-temporary-password',
  imports: [Icon],
  template: `
    <div role="status">
      <h3>{{ text('temporary.title', { name: name() }) }}</h3>
      <output class="password" #shown>{{ password() }}</output>
      <p class="caption">{{ text('temporary.once') }}</p>
    </div>
    <div class="row">
      <button type="button" class="btn btn--outline" (click)="copy(shown)"><hilo-icon name="copy" />{{ text('temporary.copy') }}</button>
      <button type="button" class="btn btn--primary" (click)="done.emit()">{{ text('temporary.done') }}</button>
    </div>
  `,
  styles: `
    h3 { font: var(--hilo-title-sm); }
    .password { display: block; margin: 12px 0; padding: 16px; border: 1px dashed var(--hilo-outline); border-radius: var(--hilo-radius-sm); background: var(--hilo-surface); font: 600 18px/24px var(--hilo-mono); user-select: all; overflow-wrap: anywhere; }
    .row { margin-top: 16px; }
  `,
})
export class TemporaryPassword {
  readonly name = input.required<string>();
  readonly password = input.required<string>();
  readonly done = output();
  readonly #toasts = inject(Toasts);
  protected readonly text = injectPeopleText();

  /** Without TLS browsers give pages no clipboard: then the text is selected, ready for Ctrl C. */
  protected async copy(shown: HTMLElement): Promise<void> {
    if (!navigator.clipboard) {
      getSelection()?.selectAllChildren(shown);
      return;
    }
    await navigator.clipboard.writeText(this.password());
    this.#toasts.show({ icon: 'copy', words: this.text('temporary.copied') });
  }
}
