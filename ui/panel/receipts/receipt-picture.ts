import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { type Receipt, ReceiptsApi } from '../../shared/api/receipts-api';
import { Icon } from '../../shared/icons/icon';
import { injectReceiptText } from './i18n/inject-text';
import { type PdfFault, PdfPages } from './pdf/pdf-pages';
import { fields, readingOf } from './words';

const zooms = [1, 1.5, 2, 3] as const;
export type Zooming = 'zoom-in' | 'zoom-out' | 'zoom-fit';

/** The receipt as it came: turned, enlarged, with what was read marked where it stands. A PDF by its pages, by what it says, and saved to disk. */
@Component({
  selector: 'receipts-picture',
  imports: [Icon, PdfPages],
  templateUrl: './receipt-picture.html',
  styleUrl: './receipt-picture.css',
})
export class ReceiptPicture {
  readonly receipt = input.required<Receipt>();
  readonly #api = inject(ReceiptsApi);
  protected readonly text = injectReceiptText();
  protected readonly zoom = signal<number>(1);
  protected readonly turned = signal(0);
  protected readonly marks = signal(true);
  protected readonly isGone = signal(false);
  /** Of a PDF: its words in place of its pages; why its pages cannot be shown; whether anything that was read stands on them. */
  protected readonly wordsWanted = signal(false);
  protected readonly fault = signal<PdfFault | undefined>(undefined);
  protected readonly isFound = signal(false);
  readonly #id = computed(() => this.receipt().id);
  protected readonly url = computed(() => this.#api.fileUrl(this.#id()));
  protected readonly shown = computed(() => {
    const { kind } = this.receipt().file;
    if (this.isGone()) return 'none';
    return kind === 'pdf' && (this.wordsWanted() || this.fault() !== undefined) ? 'words' : kind;
  });
  protected readonly places = computed(() => fields.flatMap((field, at) => {
    const place = this.receipt().regions?.[readingOf[field]];
    return place ? [{ number: at + 1, x: place.x * 100, y: place.y * 100, w: place.w * 100, h: place.h * 100 }] : [];
  }));
  protected readonly hasMarks = computed(() => (this.shown() === 'pdf' ? this.isFound() : this.places().length > 0));
  protected readonly widest = zooms.at(-1)!;

  constructor() {
    effect(() => {
      this.#id();
      this.zoom.set(1);
      this.turned.set(0);
      this.isGone.set(false);
      this.wordsWanted.set(false);
      this.fault.set(undefined);
    });
  }

  /** By a button or a key. */
  change(how: Zooming): void {
    const at = zooms.findIndex((one) => one === this.zoom());
    const wanted = how === 'zoom-fit' ? 0 : Math.min(zooms.length - 1, Math.max(0, at + (how === 'zoom-in' ? 1 : -1)));
    this.zoom.set(zooms[wanted]!);
  }
}
