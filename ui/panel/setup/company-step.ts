import { Component, computed, inject, linkedSignal, output } from '@angular/core';
import { form, required, submit } from '@angular/forms/signals';
import { CompanyApi } from '../../shared/api/company-api';
import { Attempts } from '../../shared/feedback/attempts';
import { formPieces } from '../../shared/forms/field';
import { LanguageChoice } from '../../shared/i18n/texts';
import { CurrentSession } from '../../shared/session/current-session';
import { Clock } from '../../shared/time/clock';
import { injectSetupText } from './i18n/inject-text';
import { SetupProgress } from './setup-progress';
import { timeZones, zoneName } from './time-zones';

/** The company's name, and the zone that its hours are told in. */
@Component({
  selector: 'setup-company',
  imports: [...formPieces],
  template: `
    <section class="card">
      <h2 class="h1">{{ text('company.title') }}</h2><p class="muted">{{ text('company.about') }}</p>
      <form class="form" novalidate (submit)="save($event)">
        <hilo-field [of]="form.name" [label]="text('company.name')"><input class="input" autocomplete="organization" [formField]="form.name"></hilo-field>
        <hilo-field [of]="form.timeZone" [label]="text('company.zone')" [help]="text('company.zone.help', { time: time() })">
          <select class="input" [formField]="form.timeZone">
            <optgroup [label]="text('company.zones.near')">@for (zone of zones().near; track zone) {<option [value]="zone">{{ name(zone) }}</option>}</optgroup>
            <optgroup [label]="text('company.zones.all')">@for (zone of zones().others; track zone) {<option [value]="zone">{{ name(zone) }}</option>}</optgroup>
          </select>
        </hilo-field>
        <div class="row"><button type="submit" class="btn btn--primary btn--lg" [disabled]="form().submitting()">{{ text('company.save') }}</button></div>
      </form>
    </section>
  `,
  styles: `.card { padding: 32px; max-width: 720px; } .muted { margin: 4px 0 24px; } @media (max-width: 720px) { .card { padding: 20px; } }`,
})
export class CompanyStep {
  readonly done = output();
  readonly #api = inject(CompanyApi);
  readonly #attempts = inject(Attempts);
  readonly #session = inject(CurrentSession);
  readonly #progress = inject(SetupProgress);
  readonly #clock = inject(Clock);
  readonly #language = inject(LanguageChoice);
  protected readonly text = injectSetupText();
  protected readonly name = zoneName;
  readonly #values = linkedSignal(() => {
    const company = this.#session.company();
    return { name: company?.name ?? '', timeZone: company?.timeZone ?? 'America/Argentina/Buenos_Aires' };
  });
  protected readonly form = form(this.#values, (path) => {
    required(path.name, { message: () => this.text('company.name.missing') });
  });
  protected readonly zones = computed(() => timeZones(this.#session.company()?.timeZone ?? 'UTC'));
  protected readonly time = computed(() =>
    new Date(this.#clock.halfMinute()).toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: this.#values().timeZone }),
  );

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      const saved = await this.#attempts.run(this.#api.change({ name: this.#values().name.trim(), timeZone: this.#values().timeZone }));
      if (!saved) return;
      await Promise.all([this.#session.load(), this.#progress.live.reload()]);
      this.done.emit();
    });
  }
}
