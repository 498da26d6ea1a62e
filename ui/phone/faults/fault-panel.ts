import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { RestrictionPanel } from '../network/restriction-panel';
import { RulesPanel } from '../network/rules-panel';
import { SimulatorApi } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { type FaultGroup, type OfferedFault, offeredFaults } from './faults';

type Shelf = FaultGroup | 'rules';

/** Buttons that break the network between WhatsApp and Hilo, each with one sentence about what then happens; and WhatsApp's rules. */
@Component({
  selector: 'phone-fault-panel',
  imports: [Icon, RestrictionPanel, RulesPanel],
  templateUrl: './fault-panel.html',
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
  protected readonly shelves: readonly Shelf[] = ['connection', 'messages', 'files', 'rules'];
  protected readonly shelf = signal<Shelf>('connection');
  protected readonly faults = computed(() => offeredFaults.filter(({ group }) => group === this.shelf()));
  readonly #account = computed(() => this.world.account()?.number ?? '');

  constructor() {
    const ticking = setInterval(() => this.#now.set(Date.now()), 1_000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }

  protected shelfName(shelf: Shelf): `faults.group.${Shelf}` {
    return `faults.group.${shelf}`;
  }

  protected title({ name }: OfferedFault): `fault.${OfferedFault['name']}` {
    return `fault.${name}`;
  }

  protected help({ name }: OfferedFault): `fault.${OfferedFault['name']}.help` {
    return `fault.${name}.help`;
  }

  /** For what lasts: how much longer; for what waits: how often it still happens. */
  protected remaining({ name }: OfferedFault): string | undefined {
    const seconds = Math.ceil(((this.#until()[`${this.#account()} ${name}`] ?? 0) - this.#now()) / 1_000);
    if (seconds > 0) return this.text('faults.active', { seconds });
    const waiting = this.world.faults().find(({ kind, account }) => kind === name && (!account || account === this.#account()));
    if (!waiting) return undefined;
    return waiting.times === undefined ? this.text('faults.untilCleared') : this.text('faults.waiting', { times: waiting.times });
  }

  protected async cause(fault: OfferedFault): Promise<void> {
    const account = this.#account();
    for (const cause of fault.causes) if (!(await this.#toasts.attempt(this.#api.fault({ account, ...cause })))) return;
    this.#toasts.show(this.text('faults.done', { fault: this.text(this.title(fault)) }));
    this.#now.set(Date.now());
    this.#until.update((until) => ({ ...until, [`${account} ${fault.name}`]: Date.now() + (fault.lastsMs ?? 0) }));
  }

  protected async clear(): Promise<void> {
    if (!(await this.#toasts.attempt(this.#api.clearFaults()))) return;
    this.#until.set({});
    this.#toasts.show(this.text('faults.cleared'));
    await this.world.refresh();
  }
}
