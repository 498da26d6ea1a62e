import { Component, inject } from '@angular/core';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorApi } from '../simulator/simulator-api';
import { type RuleName, type Rules, ruleNames } from '../simulator/types';
import { World } from '../simulator/world';

/** As fast as the simulated people read when nobody says otherwise. */
const usualReadDelayMs = 100;

/** Switches for what the real WhatsApp is known to do. */
@Component({
  selector: 'phone-rules-panel',
  template: `
    <fieldset>
      <legend>{{ text('rules.title') }}</legend>
      @for (name of names; track name) {
        <label class="check"><input #box type="checkbox" [checked]="world.rules()?.[name]" [disabled]="!world.rules()" (change)="change(name, box.checked)"><span>{{ text(words(name)) }}</span></label>
      }
      <label class="check"><input #reads type="checkbox" [checked]="world.rules()?.readDelayMs !== null" [disabled]="!world.rules()" (change)="save({ readDelayMs: reads.checked ? readDelayMs : null })"><span>{{ text('rule.reads') }}</span></label>
    </fieldset>
  `,
  styles: `
    fieldset { border: 0; padding: 0; margin: 12px 0 0; display: flex; flex-direction: column; gap: 4px; }
    legend { font: var(--hilo-label); padding: 0; margin-bottom: 6px; }
  `,
})
export class RulesPanel {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly names = ruleNames;
  protected readonly readDelayMs = usualReadDelayMs;

  protected words(name: RuleName): `rule.${RuleName}` {
    return `rule.${name}`;
  }

  protected change(name: RuleName, on: boolean): void {
    void this.save({ [name]: on });
  }

  protected async save(rules: Partial<Rules>): Promise<void> {
    await this.#toasts.attempt(this.#api.changeRules(rules));
    await this.world.refresh();
  }
}
