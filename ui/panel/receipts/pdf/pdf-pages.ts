import { Component, DestroyRef, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import type { Receipt } from '../../../shared/api/receipts-api';
import { Skeleton } from '../../../shared/feedback/states';
import { injectReceiptText } from '../i18n/inject-text';
import { fields } from '../words';
import type { DrawnPdf } from './draw-pdf';
import { placesIn } from './pdf-places';

/** Why a PDF's pages are not shown. */
export type PdfFault = 'locked' | 'broken';

/** The pages of a PDF as pictures, one below the other, with what was read marked where it stands. pdf.js is fetched with the first one that is shown. */
@Component({
  selector: 'receipts-pdf-pages',
  imports: [Skeleton],
  template: `
    @for (page of shown(); track page.picture; let at = $index) {
      <div class="leaf">
        <img [src]="page.picture" [alt]="text('pdf.page', { number: at + 1 })">
        @if (marks()) {@for (mark of page.marks; track mark.number) {<span class="mark" aria-hidden="true" [style.left.%]="mark.x" [style.top.%]="mark.y" [style.width.%]="mark.w" [style.height.%]="mark.h"><b>{{ mark.number }}</b></span>}}
      </div>
    } @empty {<div class="leaf leaf--waiting" aria-busy="true"><hilo-skeleton [lines]="8" /></div>}
    @if (drawn()?.more) {<p class="caption">{{ text('pdf.more', { count: drawn()!.more }) }}</p>}
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; }
    .leaf { position: relative; box-shadow: var(--hilo-level-1); }
    .leaf--waiting { padding: 24px; min-height: 320px; background: var(--hilo-card); }
    img { display: block; width: 100%; }
    .mark { position: absolute; outline: 2px solid var(--hilo-primary); outline-offset: 2px; border-radius: 2px; }
    .mark b { position: absolute; right: -12px; top: -12px; width: 16px; height: 16px; border-radius: 4px; background: var(--hilo-primary); color: var(--hilo-on-primary); font: 700 10px/16px var(--hilo-font); text-align: center; }
  `,
})
export class PdfPages {
  readonly url = input.required<string>();
  readonly turned = input.required<number>();
  readonly marks = input.required<boolean>();
  readonly read = input.required<Receipt['read']>();
  readonly failed = output<PdfFault>();
  /** Whether anything that was read was found on the pages. */
  readonly found = output<boolean>();
  protected readonly text = injectReceiptText();
  protected readonly drawn = signal<DrawnPdf | undefined>(undefined);
  readonly #places = computed(() => {
    const [drawn, read] = [this.drawn(), this.read()];
    return drawn && read ? placesIn(drawn.pages.map(({ texts }) => texts), read) : {};
  });
  protected readonly shown = computed(() => (this.drawn()?.pages ?? []).map(({ picture }, page) => ({
    picture,
    marks: fields.flatMap((field, at) => {
      const place = this.#places()[field];
      return place?.page === page ? [{ number: at + 1, x: place.x * 100, y: place.y * 100, w: place.w * 100, h: place.h * 100 }] : [];
    }),
  })));

  constructor() {
    // Another file: the pages of the one before are not its.
    effect(() => {
      this.url();
      untracked(() => this.#forget());
    });
    effect((onCleanup) => {
      const stopping = new AbortController();
      onCleanup(() => stopping.abort());
      void this.#draw(this.url(), this.turned(), stopping.signal);
    });
    effect(() => this.found.emit(Object.keys(this.#places()).length > 0));
    inject(DestroyRef).onDestroy(() => this.#forget());
  }

  async #draw(url: string, turned: number, signal: AbortSignal): Promise<void> {
    try {
      const { drawPdf } = await import('./draw-pdf');
      const drawn = await drawPdf(url, turned, signal);
      if (signal.aborted) return drawn.pages.forEach(({ picture }) => URL.revokeObjectURL(picture));
      this.#forget();
      this.drawn.set(drawn);
    } catch (problem) {
      if (!signal.aborted) this.failed.emit(problem instanceof Error && 'why' in problem && problem.why === 'locked' ? 'locked' : 'broken');
    }
  }

  #forget(): void {
    for (const { picture } of this.drawn()?.pages ?? []) URL.revokeObjectURL(picture);
    this.drawn.set(undefined);
  }
}
