import { Component, type ElementRef, input, model, output, viewChild } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { Icon } from '../icons/icon';
import { injectChatText } from './i18n/inject-text';
import { kindKey } from './message/kind-key';

export type WritingMode = 'reply' | 'note';

/** Where an agent writes: Enter sends, Shift+Enter starts a line, Ctrl+Enter sends and closes. Notes are amber, for the team only. */
@Component({
  selector: 'hilo-composer',
  imports: [Icon],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly label = input.required<string>();
  /** Whether Ctrl+Enter is offered. */
  readonly closable = input(false);
  readonly modes = input<readonly WritingMode[]>(['reply', 'note']);
  readonly draft = model('');
  readonly mode = model<WritingMode>('reply');
  /** The message that is answered. */
  readonly quote = model<Entry>();
  readonly send = output<string>();
  readonly sendAndClose = output<string>();
  /** Files that were chosen or pasted, to be looked at before they leave. */
  readonly attach = output<File[]>();
  readonly place = output();
  readonly contact = output();
  protected readonly text = injectChatText();
  protected readonly kindKey = kindKey;
  private readonly fieldElement = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  focus(): void {
    this.fieldElement().nativeElement.focus();
  }

  protected choose(mode: WritingMode): void {
    this.mode.set(mode);
    this.focus();
  }

  protected chosen(field: HTMLInputElement): void {
    const files = [...(field.files ?? [])];
    // The same file may be chosen again.
    field.value = '';
    if (files.length) this.attach.emit(files);
  }

  /** A picture in the clipboard is a file; text from an office program brings a picture of itself, too, and stays text. */
  protected pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (this.mode() !== 'reply' || files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    this.attach.emit(files);
  }

  protected unquote(): void {
    this.quote.set(undefined);
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
    // At once, not with the next rendering: who types on must not add to what has just left.
    this.fieldElement().nativeElement.value = '';
    if (closes) this.sendAndClose.emit(written);
    else this.send.emit(written);
    this.focus();
  }
}
