import { Component, inject, input } from '@angular/core';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectGatewayText } from './i18n/inject-text';

/** Something to be put into another system as it is, with a key that copies it. */
@Component({
  selector: 'gateway-copied-text',
  imports: [Icon],
  template: `
    <pre tabindex="0" #shown [attr.aria-label]="label()">{{ value() }}</pre>
    <button type="button" class="btn btn--outline btn--sm" (click)="copy(shown)"><hilo-icon name="copy" />{{ text('copy') }}<span class="sr"> {{ label() }}</span></button>
  `,
  styles: `
    :host { display: flex; align-items: start; gap: 8px; flex-wrap: wrap; min-width: 0; }
    pre { flex: 1; min-width: min(260px, 100%); margin: 0; padding: 8px 12px; border: 1px solid var(--hilo-outline-variant); border-radius: var(--hilo-radius-sm); background: var(--hilo-surface); font: 13px/20px var(--hilo-mono); white-space: pre-wrap; overflow-wrap: anywhere; }
  `,
})
export class CopiedText {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly #toasts = inject(Toasts);
  protected readonly text = injectGatewayText();

  /** Without TLS browsers give pages no clipboard: then the text is selected, ready for Ctrl C. */
  protected async copy(shown: HTMLElement): Promise<void> {
    if (!navigator.clipboard) return void getSelection()?.selectAllChildren(shown);
    await navigator.clipboard.writeText(this.value());
    this.#toasts.show({ icon: 'copy', words: this.text('copied') });
  }
}
