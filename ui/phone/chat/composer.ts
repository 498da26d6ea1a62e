import { Component, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { injectText } from '../i18n/inject-text';

/** What can be sent besides text. */
export type Attachment = 'media' | 'document' | 'audio' | 'location' | 'contact';

/** Where a message is written: Enter sends, Shift+Enter starts a line. What else can be sent unfolds above it. */
@Component({
  selector: 'phone-composer',
  imports: [Icon],
  template: `
    @if (attaching()) {
      <div class="attach" role="group" [attr.aria-label]="text('attach.title')" (keydown.escape)="attaching.set(false)">
        @for (one of attachments; track one.name) {
          <button type="button" class="choice" (click)="pick(one.name)"><span class="disc"><hilo-icon [name]="one.icon" /></span>{{ text(nameOf(one.name)) }}</button>
        }
      </div>
    }
    <input #files type="file" hidden multiple (change)="picked(files)">
    <form class="composer" (submit)="submit($event)">
      <button type="button" class="clip" [attr.aria-label]="text('attach.title')" [attr.aria-expanded]="attaching()" (click)="attaching.set(!attaching())"><hilo-icon name="clip" /></button>
      <textarea #field rows="1" maxlength="4096" enterkeyhint="send" [attr.aria-label]="label()" [placeholder]="text('chat.placeholder')"
        [value]="draft()" (input)="write(field.value)" (keydown.enter)="enter($event)" (paste)="pasted($event)"></textarea>
      <button type="submit" [attr.aria-label]="text('chat.send')" [disabled]="!draft().trim()"><hilo-icon name="send" /></button>
    </form>
  `,
  styleUrl: './composer.css',
})
export class Composer {
  readonly label = input.required<string>();
  readonly send = output<string>();
  /** Files were chosen or pasted. */
  readonly files = output<readonly File[]>();
  readonly attach = output<'location' | 'contact'>();
  /** Whether something is being written now. */
  readonly writing = output<boolean>();
  protected readonly text = injectText();
  protected readonly draft = signal('');
  protected readonly attaching = signal(false);
  private readonly fieldElement = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly filesElement = viewChild.required<ElementRef<HTMLInputElement>>('files');
  protected readonly attachments: readonly { readonly name: Attachment; readonly icon: IconName }[] = [
    { name: 'media', icon: 'image' }, { name: 'audio', icon: 'mic' }, { name: 'document', icon: 'file' }, { name: 'location', icon: 'pin' }, { name: 'contact', icon: 'user' },
  ];

  focus(): void {
    this.fieldElement().nativeElement.focus();
  }

  protected nameOf(attachment: Attachment): `attach.${Attachment}` {
    return `attach.${attachment}`;
  }

  protected pick(attachment: Attachment): void {
    this.attaching.set(false);
    if (attachment === 'location' || attachment === 'contact') return this.attach.emit(attachment);
    const input = this.filesElement().nativeElement;
    // At once: the browser's own dialog opens within this click.
    input.accept = { media: 'image/*,video/*', audio: 'audio/*', document: '' }[attachment];
    input.click();
  }

  protected picked(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length) this.files.emit(files);
  }

  /** A picture that is pasted is sent as such; text goes where the cursor is. */
  protected pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.files.emit(files);
  }

  /** Puts a text there to be changed. */
  put(text: string): void {
    this.draft.set(text);
    this.focus();
  }

  protected write(text: string): void {
    this.draft.set(text);
    this.writing.emit(text.trim() !== '');
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
    this.writing.emit(false);
    this.send.emit(written);
    this.focus();
  }
}
