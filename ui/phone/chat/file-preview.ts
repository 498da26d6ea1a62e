import { Component, type ElementRef, Injector, afterNextRender, computed, inject, output, signal, viewChild } from '@angular/core';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import { uniqueId } from '../layout/unique-id';
import { type SendAs, maxFileBytes, problemOf, showSize, waysToSend } from './attachable';
import type { FileToSend } from './content';

interface Chosen {
  readonly file: File;
  readonly url: string;
}

/** Shows the files that were chosen or dropped, one after another, takes a caption, and sends each as what one wants. */
@Component({
  selector: 'phone-file-preview',
  imports: [Icon],
  templateUrl: './file-preview.html',
  styles: `
    :host { display: contents; }
    .look { display: flex; justify-content: center; max-height: 240px; overflow: hidden; border-radius: var(--hilo-radius-sm); background: var(--hilo-surface-container); }
    .look img, .look video { max-width: 100%; max-height: 240px; object-fit: contain; }
    .name { overflow-wrap: anywhere; }
    audio { width: 100%; }
  `,
})
export class FilePreview {
  readonly send = output<FileToSend>();
  readonly #language = inject(LanguageChoice);
  readonly #injector = inject(Injector);
  readonly #waiting = signal<readonly Chosen[]>([]);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly text = injectText();
  protected readonly id = uniqueId('caption');
  protected readonly caption = signal('');
  protected readonly viewOnce = signal(false);
  protected readonly seconds = signal<number | undefined>(undefined);
  protected readonly chosenWay = signal<SendAs | undefined>(undefined);

  protected readonly current = computed(() => this.#waiting()[0]);
  protected readonly more = computed(() => this.#waiting().length - 1);
  protected readonly ways = computed(() => waysToSend(this.current()?.file ?? { type: '' }));
  protected readonly way = computed(() => this.chosenWay() ?? this.ways()[0] ?? 'document');
  protected readonly type = computed(() => this.current()?.file.type.split('/')[0]);
  protected readonly size = computed(() => showSize(this.current()?.file.size ?? 0, this.#language.locale()));
  protected readonly takesCaption = computed(() => ['image', 'video', 'document'].includes(this.way()));
  protected readonly takesViewOnce = computed(() => ['image', 'video', 'voice'].includes(this.way()));
  protected readonly problem = computed(() => {
    const problem = this.current() && problemOf(this.current()!.file);
    return problem && this.text(problem === 'empty' ? 'file.empty' : 'file.tooLarge', { size: this.size(), limit: showSize(maxFileBytes, this.#language.locale()) });
  });

  /** Takes files in addition to those that wait here. */
  open(files: readonly File[]): void {
    this.#waiting.update((waiting) => [...waiting, ...files.map((file) => ({ file, url: URL.createObjectURL(file) }))]);
    const dialog = this.dialogElement().nativeElement;
    if (dialog.open || !this.current()) return;
    dialog.showModal();
    afterNextRender(() => dialog.querySelector<HTMLElement>('input, [type=submit]')?.focus(), { injector: this.#injector });
  }

  protected nameOf(way: SendAs): `sendAs.${SendAs}` {
    return `sendAs.${way}`;
  }

  protected measured({ duration }: HTMLMediaElement): void {
    this.seconds.set(Number.isFinite(duration) ? Math.max(1, Math.round(duration)) : undefined);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const current = this.current();
    if (!current || this.problem()) return;
    const way = this.way();
    this.send.emit({
      kind: way === 'voice' ? 'audio' : way,
      ...current,
      caption: this.takesCaption() ? this.caption().trim() : undefined,
      voice: way === 'voice' || undefined,
      viewOnce: (this.takesViewOnce() && this.viewOnce()) || undefined,
      seconds: ['video', 'audio', 'voice'].includes(way) ? this.seconds() : undefined,
    });
    this.#next();
  }

  /** Leaves this file out. */
  protected skip(): void {
    const current = this.current();
    if (current) URL.revokeObjectURL(current.url);
    this.#next();
  }

  /** The dialog was closed, whatever closed it: nothing waits any more. */
  protected closed(): void {
    for (const { url } of this.#waiting()) URL.revokeObjectURL(url);
    this.#waiting.set([]);
    this.#clear();
  }

  #next(): void {
    this.#waiting.update((waiting) => waiting.slice(1));
    this.#clear();
    if (!this.current()) this.dialogElement().nativeElement.close();
  }

  #clear(): void {
    this.caption.set('');
    this.viewOnce.set(false);
    this.seconds.set(undefined);
    this.chosenWay.set(undefined);
  }
}
