import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { type Receipt, ReceiptsApi } from '../../shared/api/receipts-api';
import { Icon } from '../../shared/icons/icon';
import { injectReceiptText } from './i18n/inject-text';
import { fields, readingOf } from './words';

/** The receipt as it came: turned, enlarged, with what was read marked where it stands. A PDF is shown by what it says, and saved to disk. */
@Component({
  selector: 'receipts-picture',
  imports: [Icon],
  template: `
    <div class="stage" tabindex="0" role="region" [attr.aria-label]="text('picture')">
      @switch (shown()) {
        @case ('image') {
          <div class="sheet" [style.rotate.deg]="turned()" [style.width.%]="zoom() * 100" [class.fitted]="zoom() === 1">
            <img [src]="url()" [alt]="text('picture')" (error)="isGone.set(true)">
            @if (marks()) {@for (mark of places(); track mark.number) {<span class="mark" aria-hidden="true" [style.left.%]="mark.x" [style.top.%]="mark.y" [style.width.%]="mark.w" [style.height.%]="mark.h"><b>{{ mark.number }}</b></span>}}
          </div>
        }
        @case ('pdf') {<div class="said card"><p class="caption">{{ text('pdf') }}</p><pre>{{ receipt().text }}</pre></div>}
        @default {<p class="muted"><hilo-icon name="eyeoff" /> {{ text(isGone() ? 'picture.gone' : 'picture.none') }}</p>}
      }
    </div>
    @if (shown() !== 'none') {
      <div class="tools">
        @if (shown() === 'image') {
          <button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('zoom')" (click)="zoom.set(zoom() === 3 ? 1 : zoom() + 1)"><hilo-icon name="zoomin" /></button>
          <button type="button" class="iconbtn iconbtn--sm" [attr.aria-label]="text('rotate')" (click)="turned.set((turned() + 90) % 360)"><hilo-icon name="rotate" /></button>
          @if (places().length > 0) {<button type="button" class="iconbtn iconbtn--sm" [class.is-on]="marks()" [attr.aria-pressed]="marks()" [attr.aria-label]="text('marks')" (click)="marks.set(!marks())"><hilo-icon name="target" /></button>}
        }
        <a class="iconbtn iconbtn--sm" [href]="url()" [attr.download]="receipt().file.name ?? ''" [attr.aria-label]="text(shown() === 'pdf' ? 'pdf.open' : 'download')"><hilo-icon name="download" /></a>
      </div>
    }
  `,
  styles: `
    :host { position: relative; display: flex; flex: 1; min-width: 0; min-height: 0; background: var(--hilo-surface-container); }
    .stage { flex: 1; overflow: auto; display: flex; padding: 16px 16px 64px; }
    .stage > * { margin: auto; }
    .sheet { position: relative; flex: none; }
    .sheet.fitted { width: auto !important; height: 100%; max-width: 100%; display: flex; }
    img { display: block; width: 100%; }
    .fitted img { width: auto; max-width: 100%; max-height: 100%; object-fit: contain; object-position: top; align-self: flex-start; }
    .mark { position: absolute; outline: 2px solid var(--hilo-primary); outline-offset: 2px; border-radius: 2px; }
    .mark b { position: absolute; right: -12px; top: -12px; width: 16px; height: 16px; border-radius: 4px; background: var(--hilo-primary); color: var(--hilo-on-primary); font: 700 10px/16px var(--hilo-font); text-align: center; }
    .said { padding: 16px; max-width: 100%; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: var(--hilo-body-sm); margin-top: 8px; }
    .tools { position: absolute; bottom: 12px; left: 50%; translate: -50%; display: flex; gap: 2px; padding: 4px; border-radius: 10px; background: var(--hilo-card); border: 1px solid var(--hilo-outline-variant); box-shadow: var(--hilo-level-2); }
    .is-on { background: var(--hilo-primary-container); color: var(--hilo-on-primary-container); }
  `,
})
export class ReceiptPicture {
  readonly receipt = input.required<Receipt>();
  readonly #api = inject(ReceiptsApi);
  protected readonly text = injectReceiptText();
  protected readonly zoom = signal(1);
  protected readonly turned = signal(0);
  protected readonly marks = signal(true);
  protected readonly isGone = signal(false);
  readonly #id = computed(() => this.receipt().id);
  protected readonly url = computed(() => this.#api.fileUrl(this.#id()));
  protected readonly shown = computed(() => (this.isGone() ? 'none' : this.receipt().file.kind));
  protected readonly places = computed(() => fields.flatMap((field, at) => {
    const place = this.receipt().regions?.[readingOf[field]];
    return place ? [{ number: at + 1, x: place.x * 100, y: place.y * 100, w: place.w * 100, h: place.h * 100 }] : [];
  }));

  constructor() {
    effect(() => {
      this.#id();
      this.zoom.set(1);
      this.turned.set(0);
      this.isGone.set(false);
    });
  }
}
