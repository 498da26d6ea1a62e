import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorApi } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { type OfferedFault, offeredFaults } from './faults';

/** Buttons that break the network between WhatsApp and Hilo, each with one sentence about what then happens. */
@Component({
  selector: 'phone-fault-panel',
  imports: [Icon],
  template: `
    <section aria-labelledby="faults-title">
      <h2 id="faults-title">{{ text('faults.title') }}@if (world.account(); as account) { · {{ text('faults.on', { name: account.name ?? show(account.number) }) }}}</h2>
      @if (world.loaded() && !world.account()) {<p class="caption">{{ text('faults.nobody') }}</p>}
      <div class="faults">
        @for (fault of faults; track fault.name) {
          <button type="button" class="fault" [class.is-on]="remaining(fault)" [disabled]="!world.account()" (click)="cause(fault)">
            <span class="sign"><hilo-icon [name]="fault.icon" /></span>
            <span class="grow"><b>{{ text(title(fault)) }}</b><small>{{ remaining(fault) ?? text(help(fault)) }}</small></span>
          </button>
        }
      </div>
    </section>
  `,
  styleUrl: './fault-panel.css',
})
export class FaultPanel {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #now = signal(Date.now());
  /** Until when each fault is shown as under way, by account and kind. */
  readonly #until = signal<Readonly<Record<string, number>>>({});
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly show = showNumber;
  protected readonly faults = offeredFaults;
  readonly #account = computed(() => this.world.account()?.number ?? '');

  constructor() {
    const ticking = setInterval(() => this.#now.set(Date.now()), 1_000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }

  protected title({ name }: OfferedFault): `fault.${OfferedFault['name']}` {
    return `fault.${name}`;
  }

  protected help({ name }: OfferedFault): `fault.${OfferedFault['name']}.help` {
    return `fault.${name}.help`;
  }

  /** For what lasts: how much longer. */
  protected remaining(fault: OfferedFault): string | undefined {
    const seconds = Math.ceil(((this.#until()[`${this.#account()} ${fault.name}`] ?? 0) - this.#now()) / 1_000);
    return seconds > 0 ? this.text('faults.active', { seconds }) : undefined;
  }

  protected async cause(fault: OfferedFault): Promise<void> {
    const account = this.#account();
    for (const cause of fault.causes) if (!(await this.#toasts.attempt(this.#api.fault({ account, ...cause })))) return;
    this.#toasts.show(this.text('faults.done', { fault: this.text(this.title(fault)) }));
    this.#now.set(Date.now());
    this.#until.update((until) => ({ ...until, [`${account} ${fault.name}`]: Date.now() + (fault.lastsMs ?? 0) }));
  }
}
