import { Injectable, type Signal, type WritableSignal, signal } from '@angular/core';

/** How OmniChat calls for attention and listens to keys: chosen by the person, kept on this device. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  readonly #sound = stored('hilo.omnichat.sound', true);
  readonly #desktop = stored('hilo.omnichat.desktop', false);
  readonly #keys = stored('hilo.omnichat.keys', true);
  readonly #denied = signal(false);
  readonly sound: Signal<boolean> = this.#sound;
  readonly keys: Signal<boolean> = this.#keys;
  readonly desktop: Signal<boolean> = this.#desktop;
  /** The browser refused to show notifications. */
  readonly denied = this.#denied.asReadonly();

  toggleSound(): void {
    toggle('hilo.omnichat.sound', this.#sound);
  }

  toggleKeys(): void {
    toggle('hilo.omnichat.keys', this.#keys);
  }

  /** Switches desktop notifications; the browser asks the first time, which it allows in answer to a click only. */
  async toggleDesktop(): Promise<void> {
    if (!this.#desktop() && 'Notification' in globalThis && Notification.permission !== 'granted') {
      this.#denied.set((await Notification.requestPermission()) !== 'granted');
      if (this.#denied()) return;
    }
    toggle('hilo.omnichat.desktop', this.#desktop);
  }
}

function stored(key: string, usual: boolean): WritableSignal<boolean> {
  const value = localStorage.getItem(key);
  return signal(value === null ? usual : value === '1');
}

function toggle(key: string, value: WritableSignal<boolean>): void {
  value.update((on) => !on);
  localStorage.setItem(key, value() ? '1' : '0');
}
