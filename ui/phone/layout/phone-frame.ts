import { Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { LanguageChoice } from '../../shared/i18n/texts';

/** A phone: its body, the status line with the time, and whatever its screen shows. */
@Component({
  selector: 'phone-frame',
  imports: [Icon],
  template: `
    <div class="phone">
      <div class="phone__screen">
        <div class="phone__status num" aria-hidden="true">
          {{ clock() }}<span class="grow"></span>
          <hilo-icon name="signal" /><hilo-icon [name]="connected() ? 'wifi' : 'wifioff'" /><hilo-icon name="battery" />
        </div>
        <ng-content />
      </div>
    </div>
  `,
  styles: `:host { flex: 1; min-height: 0; display: flex; flex-direction: column; }`,
})
export class PhoneFrame {
  /** Draws the network's sign; false: the page cannot reach the simulated network. */
  readonly connected = input.required<boolean>();
  readonly #language = inject(LanguageChoice);
  readonly #now = signal(new Date());
  protected readonly clock = computed(() =>
    this.#now().toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  );

  constructor() {
    const ticking = setInterval(() => this.#now.set(new Date()), 5_000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }
}
