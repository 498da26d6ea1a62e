import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import type { Entry } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import { Moments } from '../../time/moments';
import { injectChatText } from '../i18n/inject-text';
import { fileAddress } from './file-facts';

export interface Viewing {
  /** Pictures and films of the chat, oldest first. */
  readonly items: readonly Entry[];
  /** Id of the one that was opened. */
  readonly first: string;
}

const zooms = [1, 1.5, 2, 3, 4];

/** Pictures and films of a chat, large: arrows go to the next, + and - change the size, Escape closes. */
@Component({
  selector: 'hilo-media-viewer',
  imports: [Icon],
  template: `
    <header>
      <p class="grow ellip" id="viewer-title">{{ title() }}</p>
      @if (!film()) {
        <button type="button" class="iconbtn" [attr.aria-label]="text('view.smaller')" [title]="text('view.smaller')" [disabled]="zoom() === 1" (click)="resize(-1)"><hilo-icon name="minus" /></button>
        <button type="button" class="iconbtn" [attr.aria-label]="text('view.larger')" [title]="text('view.larger')" [disabled]="zoom() === zooms.at(-1)" (click)="resize(1)"><hilo-icon name="zoomin" /></button>
      }
      <a class="iconbtn" [href]="address()" download [attr.aria-label]="text('download')" [title]="text('download')"><hilo-icon name="download" /></a>
      <button type="button" class="iconbtn" [attr.aria-label]="text('view.close')" [title]="text('view.close')" (click)="ref.close()"><hilo-icon name="x" /></button>
    </header>
    <div class="stage" tabindex="0" role="group" aria-labelledby="viewer-title">
      @if (film()) {
        <video [src]="address()" controls playsinline preload="metadata" [loop]="item().details?.media?.gif ?? false" (error)="broken.set(address())"></video>
      } @else {
        <img [src]="address()" [alt]="title()" [style.width.%]="zoom() > 1 ? zoom() * 100 : null" [class.zoomed]="zoom() > 1" (dblclick)="zoom.set(zoom() > 1 ? 1 : 2)" (error)="broken.set(address())">
      }
      @if (broken() === address()) {<p class="broken" role="alert"><hilo-icon name="alert" />{{ text('view.failed') }}</p>}
    </div>
    @if (items.length > 1) {
      <button type="button" class="iconbtn step step--back" [attr.aria-label]="text('view.previous')" [title]="text('view.previous')" [disabled]="at() === 0" (click)="step(-1)"><hilo-icon name="left" /></button>
      <button type="button" class="iconbtn step step--on" [attr.aria-label]="text('view.next')" [title]="text('view.next')" [disabled]="at() === items.length - 1" (click)="step(1)"><hilo-icon name="right" /></button>
    }
    @if (item().text; as caption) {<p class="said">{{ caption }}</p>}
  `,
  styleUrl: './media-viewer.css',
  host: { '(keydown)': 'pressed($event)' },
})
export class MediaViewer {
  readonly #viewing = inject<Viewing>(DIALOG_DATA);
  protected readonly ref = inject(DialogRef);
  protected readonly text = injectChatText();
  readonly #moments = inject(Moments);
  protected readonly items = this.#viewing.items;
  protected readonly zooms = zooms;
  protected readonly at = signal(Math.max(0, this.items.findIndex(({ id }) => id === this.#viewing.first)));
  protected readonly item = computed(() => this.items[this.at()]!);
  protected readonly address = computed(() => fileAddress(this.item().id));
  protected readonly film = computed(() => this.item().contentKind === 'video');
  protected readonly title = computed(() => this.text(this.film() ? 'view.title.video' : 'view.title.image', { time: this.#moments.moment(this.item().at) }));
  /** 1: as large as the screen lets it be. Each picture begins so. */
  protected readonly zoom = linkedSignal({ source: this.at, computation: () => 1 });
  /** The address that the browser could not show. */
  protected readonly broken = signal<string | undefined>(undefined);

  protected step(by: -1 | 1): void {
    this.at.update((at) => Math.min(this.items.length - 1, Math.max(0, at + by)));
  }

  protected resize(by: -1 | 1): void {
    this.zoom.update((zoom) => zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(zoom) + by))]!);
  }

  /** A film's own keys stay its own, and a picture that was made larger is moved with the arrows. */
  protected pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).tagName === 'VIDEO') return;
    const isMoved = this.zoom() > 1;
    const acts: Record<string, (() => void) | undefined> = {
      'ArrowLeft': isMoved ? undefined : () => this.step(-1),
      'ArrowRight': isMoved ? undefined : () => this.step(1),
      '+': () => this.resize(1),
      '-': () => this.resize(-1),
      '0': () => this.zoom.set(1),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
