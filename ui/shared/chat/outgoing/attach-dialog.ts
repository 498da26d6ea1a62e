import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';
import { injectSizeWords } from '../message/file-size';
import { faultOf, kindOf } from './attachment';
import type { Attachment } from './content';

/** A file with the words that go under it. */
export interface Captioned {
  readonly attachment: Attachment;
  readonly text: string;
}

interface Item {
  readonly file: File;
  readonly preview?: string;
  readonly caption: string;
}

/** Shows files before they leave: a picture of each, its size, words under it, and why one cannot be sent. Answers those that are sent. */
@Component({
  selector: 'hilo-attach-dialog',
  imports: [Icon],
  templateUrl: './attach-dialog.html',
  styleUrl: './attach-dialog.css',
})
export class AttachDialog {
  protected readonly data = inject<{ readonly files: readonly File[]; readonly to: string }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Captioned[]>>(DialogRef);
  protected readonly text = injectChatText();
  protected readonly sizeWords = injectSizeWords();
  protected readonly kindOf = kindOf;
  readonly #items = signal<readonly Item[]>(this.data.files.map((file) => ({ file, caption: '', preview: kindOf(file) === 'image' ? URL.createObjectURL(file) : undefined })));
  protected readonly items = computed(() => this.#items().map((item) => ({ ...item, fault: faultOf(item.file) })));
  protected readonly sendable = computed(() => this.items().filter(({ fault }) => !fault));

  constructor() {
    const previews = this.#items().flatMap(({ preview }) => preview ?? []);
    inject(DestroyRef).onDestroy(() => previews.forEach((preview) => URL.revokeObjectURL(preview)));
  }

  protected write(at: number, caption: string): void {
    this.#items.update((items) => items.map((item, index) => (index === at ? { ...item, caption } : item)));
  }

  protected remove(at: number): void {
    this.#items.update((items) => items.filter((_, index) => index !== at));
    if (this.#items().length === 0) this.ref.close();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.sendable().length === 0) return;
    this.ref.close(this.sendable().map(({ file, caption }) => ({ attachment: { file, name: file.name, kind: kindOf(file) }, text: caption.trim() })));
  }

  /** Enter sends, as in the chat; Shift+Enter starts a line. */
  protected enter(event: Event): void {
    const { shiftKey, isComposing } = event as KeyboardEvent;
    if (!shiftKey && !isComposing) this.submit(event);
  }
}
