import { Component, computed, inject, input } from '@angular/core';
import { type StatusColour, StatusesApi } from '../../shared/api/statuses-api';
import { injectStatusText } from './i18n/inject-text';

/** A status as a customer's phone shows it. */
@Component({
  selector: 'statuses-preview',
  template: `
    <figure class="phone" [class]="image() ? 'phone--image' : 'phone--' + colour()" [attr.aria-label]="text('preview')">
      <div class="line" aria-hidden="true"></div>
      @if (source(); as source) {
        <img [src]="source" [alt]="text('preview.image')">
        @if (words()) {<figcaption class="caption-of">{{ words() }}</figcaption>}
      } @else {
        <figcaption class="words" [class.words--long]="words().length > 140">{{ words() || text('preview.empty') }}</figcaption>
      }
    </figure>
  `,
  styles: `
    .phone { position: relative; display: flex; flex-direction: column; align-items: center; justify-content: center; width: 100%; max-width: 240px; aspect-ratio: 9 / 16; margin: 0 auto; padding: 32px 20px; border-radius: 24px; overflow: hidden; color: #fff; text-align: center; }
    .phone--green { background: #1A7F4B; } .phone--pink { background: #C2185B; } .phone--blue { background: #1565C0; } .phone--red { background: #C62828; }
    .phone--image { background: #111; padding: 0; }
    .line { position: absolute; top: 12px; left: 16px; right: 16px; height: 3px; border-radius: 2px; background: rgb(255 255 255 / .8); }
    .words { font: 600 18px/24px var(--hilo-font); white-space: pre-wrap; overflow-wrap: anywhere; overflow: hidden; }
    .words--long { font: 500 12px/16px var(--hilo-font); }
    img { max-width: 100%; max-height: 100%; object-fit: contain; }
    .caption-of { position: absolute; bottom: 0; left: 0; right: 0; max-height: 50%; overflow: hidden; padding: 12px 16px; background: #111; font: var(--hilo-body-sm); white-space: pre-wrap; overflow-wrap: anywhere; }
  `,
})
export class StatusPreview {
  readonly words = input.required<string>();
  readonly colour = input<StatusColour>('green');
  /** SHA-256 of an image that was put up. */
  readonly image = input<string>();
  readonly #api = inject(StatusesApi);
  protected readonly text = injectStatusText();
  protected readonly source = computed(() => this.image() && this.#api.imageUrl(this.image()!));
}
