import { Component, type ElementRef, input, model, output, viewChild } from '@angular/core';
import { Icon } from '../icons/icon';
import { injectChatText } from './i18n/inject-text';

export type WritingMode = 'reply' | 'note';

/** Where an agent writes: Enter sends, Shift+Enter starts a line, Ctrl+Enter sends and closes. Notes are amber, for the team only. */
@Component({
  selector: 'hilo-composer',
  imports: [Icon],
  template: `
    <form class="composer" (submit)="submit($event)">
      <div class="composer__box" [class.composer__box--note]="mode() === 'note'">
        <textarea #field class="composer__text" rows="1" maxlength="4096" enterkeyhint="send" [attr.aria-label]="label()"
          [placeholder]="text(mode() === 'note' ? 'composer.note.hint' : 'composer.reply.hint')"
          [value]="draft()" (input)="draft.set(field.value)" (keydown.enter)="enter($event)" (keydown.control.enter)="enter($event)" (keydown.meta.enter)="enter($event)"></textarea>
        <div class="composer__bar">
          <div class="segmented" role="group" [attr.aria-label]="text('composer.mode')">
            <button type="button" [attr.aria-pressed]="mode() === 'reply'" (click)="choose('reply')"><span class="icon-14"><hilo-icon name="reply" /></span>{{ text('composer.reply') }}</button>
            <button type="button" [attr.aria-pressed]="mode() === 'note'" (click)="choose('note')"><span class="icon-14"><hilo-icon name="note" /></span>{{ text('composer.note') }}</button>
          </div>
          @if (mode() === 'reply' && closable()) {<span class="caption push keys"><span class="kbd">Ctrl Enter</span> {{ text('composer.closes') }}</span>}
          <button type="submit" class="btn btn--primary btn--sm send" [disabled]="!draft().trim()"><hilo-icon [name]="mode() === 'note' ? 'lock' : 'send'" /><span>{{ text(mode() === 'note' ? 'composer.save' : 'composer.send') }}</span></button>
        </div>
      </div>
    </form>
  `,
  styleUrl: './composer.css',
})
export class Composer {
  readonly label = input.required<string>();
  /** Whether Ctrl+Enter is offered. */
  readonly closable = input(false);
  readonly draft = model('');
  readonly mode = model<WritingMode>('reply');
  readonly send = output<string>();
  readonly sendAndClose = output<string>();
  protected readonly text = injectChatText();
  private readonly fieldElement = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  focus(): void {
    this.fieldElement().nativeElement.focus();
  }

  protected choose(mode: WritingMode): void {
    this.mode.set(mode);
    this.focus();
  }

  /** An input method's Enter only ends the composition of a letter. */
  protected enter(event: Event): void {
    const { shiftKey, ctrlKey, metaKey, isComposing } = event as KeyboardEvent;
    if (event.defaultPrevented || shiftKey || isComposing) return;
    this.submit(event, (ctrlKey || metaKey) && this.closable() && this.mode() === 'reply');
  }

  protected submit(event: Event, closes = false): void {
    event.preventDefault();
    const written = this.draft().trim();
    if (!written) return;
    this.draft.set('');
    if (closes) this.sendAndClose.emit(written);
    else this.send.emit(written);
    this.focus();
  }
}
