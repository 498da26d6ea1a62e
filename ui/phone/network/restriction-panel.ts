import { Component, computed, inject, signal } from '@angular/core';
import { LanguageChoice } from '../../shared/i18n/texts';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorApi } from '../simulator/simulator-api';
import type { Restriction } from '../simulator/types';
import { World } from '../simulator/world';

const kinds = ['none', 'reachout', 'capping'] as const;
/** Minutes; 0: until it is lifted. */
const durations = [1, 10, 60, 0] as const;

/** What WhatsApp forbids the business number, and for how long. */
@Component({
  selector: 'phone-restriction-panel',
  template: `
    <div class="field"><span class="label" id="restriction-title">{{ text('restriction.title') }}</span>
      <div class="segmented" role="group" aria-labelledby="restriction-title">
        @for (kind of kinds; track kind) {
          <button type="button" [disabled]="!world.account()" [attr.aria-pressed]="current() === kind" (click)="set(kind)">{{ text(nameOf(kind)) }}</button>
        }
      </div>
      <p class="caption" aria-live="polite">{{ text(helpOf(current())) }}{{ until() }}</p></div>
    <div class="row"><label for="restriction-for" class="caption grow">{{ text('restriction.for') }}</label>
      <select #choice id="restriction-for" class="input" (change)="minutes.set(+choice.value)">
        @for (one of durations; track one) {<option [value]="one" [selected]="one === minutes()">{{ one ? text('restriction.minutes', { count: one }) : text('restriction.open') }}</option>}
      </select></div>
  `,
  styles: `.input { width: auto; min-height: 32px; padding: 2px 8px; font: var(--hilo-body-sm); }`,
})
export class RestrictionPanel {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  readonly #language = inject(LanguageChoice);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly kinds = kinds;
  protected readonly durations = durations;
  protected readonly minutes = signal<number>(10);
  protected readonly current = computed(() => this.world.account()?.restriction?.kind ?? 'none');
  protected readonly until = computed(() => {
    const until = this.world.account()?.restriction?.until;
    return until ? ` ${this.text('restriction.until', { time: new Date(until).toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) })}` : '';
  });

  protected nameOf(kind: (typeof kinds)[number]): `restriction.${(typeof kinds)[number]}` {
    return `restriction.${kind}`;
  }

  protected helpOf(kind: (typeof kinds)[number]): `restriction.${(typeof kinds)[number]}.help` {
    return `restriction.${kind}.help`;
  }

  protected async set(kind: (typeof kinds)[number]): Promise<void> {
    const account = this.world.account();
    if (!account) return;
    await this.#toasts.attempt(this.#api.restrict(account.number, kind === 'none' ? { kind: null } : this.#restriction(kind)));
    await this.world.refresh();
  }

  #restriction(kind: Restriction['kind']): Restriction {
    return this.minutes() ? { kind, until: new Date(Date.now() + this.minutes() * 60_000).toISOString() } : { kind };
  }
}
