import { Component, computed, inject, linkedSignal, output, untracked, viewChild } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { CompanyApi, type CompanyChange, type CompanyHours, type CompanyProfile } from '../../shared/api/company-api';
import { Attempts } from '../../shared/feedback/attempts';
import { formPieces } from '../../shared/forms/field';
import { LanguageChoice } from '../../shared/i18n/texts';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { Clock } from '../../shared/time/clock';
import { isEmail, isPhone } from '../settings/company/draft';
import { HoursEditor } from '../settings/company/hours-editor';
import { LogoField } from '../settings/company/logo-field';
import { injectSetupText } from './i18n/inject-text';
import { SetupProgress } from './setup-progress';
import { timeZones, zoneName } from './time-zones';

/** The company in short: name, zone, logo, hours, and how to reach it; the settings have the rest. */
@Component({
  selector: 'setup-company',
  imports: [...formPieces, HoursEditor, LogoField],
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
        <company-logo />
        <fieldset>
          <legend class="label">{{ text('company.hours') }}</legend>
          <company-hours [(hours)]="hours" [timeZone]="values().timeZone" />
        </fieldset>
        <div class="pair">
          <hilo-field [of]="form.phone" [label]="text('company.phone')" [help]="text('company.phone.help')"><input class="input" type="tel" autocomplete="tel" [formField]="form.phone"></hilo-field>
          <hilo-field [of]="form.email" [label]="text('company.email')"><input class="input" type="email" autocomplete="email" [formField]="form.email"></hilo-field>
        </div>
        <div class="row"><button type="submit" class="btn btn--primary btn--lg" [disabled]="form().submitting() || waits()">{{ text('company.save') }}</button></div>
      </form>
    </section>
  `,
  styles: `.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: 16px; } .form { max-width: none; } fieldset company-hours { margin-top: 8px; } .card { padding: 32px; max-width: 720px; } .muted { margin: 4px 0 24px; } @media (max-width: 720px) { .card { padding: 20px; } }`,
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
  readonly #profile = injectLive(() => this.#api.profile(), ({ topic }) => topic === 'company');
  private readonly hoursEditor = viewChild(HoursEditor);
  /** As it is when the step begins: what somebody types meanwhile stays. */
  readonly #saved = computed(() => this.#profile.value(), { equal: (one) => one !== undefined });
  protected readonly hours = linkedSignal<CompanyProfile | undefined, CompanyHours | null>({ source: this.#saved, computation: (saved, before) => before?.value ?? saved?.hours ?? null });
  /** What was typed before the profile came stays. */
  protected readonly values = linkedSignal<CompanyProfile | undefined, { name: string; timeZone: string; phone: string; email: string }>({
    source: this.#saved,
    computation: (saved, before) => {
      const [company, typed] = [untracked(this.#session.company), before?.value];
      return {
        name: typed?.name ?? company?.name ?? '', timeZone: typed?.timeZone ?? company?.timeZone ?? 'America/Argentina/Buenos_Aires',
        phone: typed?.phone || saved?.contacts.phones[0] || '', email: typed?.email || saved?.contacts.email || '',
      };
    },
  });
  protected readonly form = form(this.values, (path) => {
    required(path.name, { message: () => this.text('company.name.missing') });
    validate(path.phone, ({ value }) => (value().trim() === '' || isPhone(value().trim()) ? undefined : { kind: 'form', message: this.text('company.phone.wrong') }));
    validate(path.email, ({ value }) => (value().trim() === '' || isEmail(value().trim()) ? undefined : { kind: 'form', message: this.text('company.email.wrong') }));
  });
  /** What is typed can be saved once what was there is known, or cannot be. */
  protected readonly waits = computed(() => !this.#saved() && !this.#profile.problem());
  protected readonly zones = computed(() => timeZones(this.#session.company()?.timeZone ?? 'UTC'));
  protected readonly time = computed(() =>
    new Date(this.#clock.halfMinute()).toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: this.values().timeZone }),
  );

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.hoursEditor()?.isWrong()) return;
    await submit(this.form, async () => {
      const saved = await this.#attempts.run(this.#api.change(this.#change()));
      if (!saved) return;
      await Promise.all([this.#session.load(), this.#progress.live.reload()]);
      this.done.emit();
    });
  }

  /** What is not known yet (the profile did not come) is left as it is. */
  #change(): CompanyChange {
    const [{ name, timeZone, phone, email }, saved] = [this.values(), this.#saved()];
    const own = { name: name.trim(), timeZone };
    if (!saved) return own;
    const phones = [...(phone.trim() ? [phone.trim()] : []), ...saved.contacts.phones.slice(1)];
    const { email: _, ...others } = saved.contacts;
    return { ...own, hours: this.hours(), contacts: { ...others, phones, ...(email.trim() ? { email: email.trim() } : {}) } };
  }
}
