import { Component, Injectable, inject, signal } from '@angular/core';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';

export interface ToastMessage {
  readonly words: string;
  readonly icon?: IconName;
  /** What the person may do about it, such as take it back. */
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

const shownMs = 6_000;

/** One short sentence about what just happened, with at most one thing to do about it. A new one replaces the old. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly #current = signal<ToastMessage | undefined>(undefined);
  readonly current = this.#current.asReadonly();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: ToastMessage): void {
    this.#current.set(message);
    this.resume();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#current.set(undefined);
  }

  /** Somebody reads it or is about to press its button: it stays. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#current.set(undefined), shownMs);
  }
}

/** Where toasts appear: once in an app. */
@Component({
  selector: 'hilo-toasts',
  imports: [Icon],
  template: `
    <div role="status">
      @if (toasts.current(); as toast) {
        <p class="toast" (mouseenter)="toasts.hold()" (mouseleave)="toasts.resume()" (focusin)="toasts.hold()" (focusout)="toasts.resume()">
          @if (toast.icon; as icon) {<hilo-icon [name]="icon" />}
          <span>{{ toast.words }}</span>
          @if (toast.action; as action) {<button type="button" (click)="toasts.dismiss(); action.run()">{{ action.label }}</button>}
        </p>
      }
    </div>
  `,
  styles: `:host { position: fixed; inset: auto 16px 24px; display: flex; justify-content: center; pointer-events: none; z-index: 1100; }
    .toast { pointer-events: auto; }
    @media (max-width: 720px) { :host { bottom: calc(72px + env(safe-area-inset-bottom)); } }`,
})
export class ToastStage {
  protected readonly toasts = inject(Toasts);
}
