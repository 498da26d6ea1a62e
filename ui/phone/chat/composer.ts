import { Component, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';

/** Where a message is written: Enter sends, Shift+Enter starts a line. */
@Component({
  selector: 'phone-composer',
  imports: [Icon],
  template: `
    <form class="composer" (submit)="submit($event)">
      <textarea #field rows="1" maxlength="4096" enterkeyhint="send" [attr.aria-label]="label()" [placeholder]="text('chat.placeholder')"
        [value]="draft()" (input)="draft.set(field.value)" (keydown.enter)="enter($event)"></textarea>
      <button type="submit" [attr.aria-label]="text('chat.send')" [disabled]="!draft().trim()"><hilo-icon name="send" /></button>
    </form>
  `,
  styleUrl: './composer.css',
})
export class Composer {
  readonly label = input.required<string>();
  readonly send = output<string>();
  protected readonly text = injectText();
  protected readonly draft = signal('');
  private readonly fieldElement = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  focus(): void {
    this.fieldElement().nativeElement.focus();
  }

  /** An input method's Enter only ends the composition of a letter. */
  protected enter(event: Event): void {
    const { shiftKey, isComposing } = event as KeyboardEvent;
    if (!shiftKey && !isComposing) this.submit(event);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const written = this.draft().trim();
    if (!written) return;
    this.draft.set('');
    // At once, not with the next rendering: who types on must not add to what has just left.
    this.fieldElement().nativeElement.value = '';
    this.send.emit(written);
    this.focus();
  }
}
