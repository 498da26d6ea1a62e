import { Component, computed, inject, viewChild } from '@angular/core';
import { form, maxLength, required, submit, validate } from '@angular/forms/signals';
import { CompanyApi, type CompanyProfile } from '../../../shared/api/company-api';
import { FormattedText } from '../../../shared/chat/formatted-text';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Toasts } from '../../../shared/feedback/toasts';
import { formPieces } from '../../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../../shared/forms/leave-guard';
import { injectDraft } from '../../../shared/forms/live-draft';
import { SaveBar } from '../../../shared/forms/save-bar';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { injectLive } from '../../../shared/push/live-value';
import { CurrentSession } from '../../../shared/session/current-session';
import { Clock } from '../../../shared/time/clock';
import { timeZones, zoneName } from '../../setup/time-zones';
import { SettingsPage } from '../settings-page';
import { type CompanyDraft, changeOf, changedFields, draftOf, isEmail, isPhone, networks, phonesOf } from './draft';
import { HoursEditor } from './hours-editor';
import { injectCompanyText } from './i18n/inject-text';
import { LogoField } from './logo-field';
import { currenciesWith, localesWith } from './regions';

/** Until the first answer. */
const nothing: CompanyProfile = { id: '', name: '', timeZone: 'UTC', locale: 'es-AR', currency: 'ARS', longestWelcome: 0, contacts: { phones: [], social: [] } };
const fieldNames = { hours: 'hours.title', timeZone: 'zone' } as const;

/** Datos Empresa: what the company is called, when it attends and how to reach it. */
@Component({
  selector: 'settings-company',
  imports: [...formPieces, Failed, FormattedText, HoursEditor, LogoField, SaveBar, SettingsPage, Skeleton],
  templateUrl: './company-page.html',
  styleUrl: './company-page.css',
})
export class CompanyPage implements Unsaved {
  readonly #api = inject(CompanyApi);
  readonly #clock = inject(Clock);
  readonly #language = inject(LanguageChoice);
  readonly #session = inject(CurrentSession);
  readonly #toasts = inject(Toasts);
  private readonly hoursEditor = viewChild(HoursEditor);
  protected readonly text = injectCompanyText();
  protected readonly profile = injectLive(() => this.#api.profile(), ({ topic }) => topic === 'company');
  protected readonly networks = networks;
  protected readonly zoneName = zoneName;

  protected readonly draft = injectDraft(this.profile, (read) => draftOf(read ?? nothing), changedFields);
  protected readonly form = form(this.draft.value, (path) => {
    maxLength(path.name, 80);
    for (const text of [path.email, path.address, path.web]) maxLength(text, 200);
    for (const network of networks) maxLength(path.social[network], 80);
    required(path.name, { message: () => this.text('name.missing') });
    validate(path.phones, ({ value }) => this.#phoneProblem(phonesOf(value())));
    validate(path.email, ({ value }) => (value().trim() === '' || isEmail(value().trim()) ? undefined : { kind: 'form', message: this.text('email.wrong') }));
    validate(path.web, ({ value }) => (/^$|^https?:\/\/\S+$/.test(value().trim()) ? undefined : { kind: 'form', message: this.text('web.wrong') }));
    validate(path.welcome, ({ value }) => (value().trim().length > this.#longest() ? { kind: 'long', message: this.text('welcome.long', { longest: this.#longest() }) } : undefined));
  });
  protected readonly changes = computed(() => this.draft.changed().map((key) => this.text(key in fieldNames ? fieldNames[key as keyof typeof fieldNames] : (key as Exclude<keyof CompanyDraft, keyof typeof fieldNames>))));
  readonly #longest = computed(() => this.profile.value()?.longestWelcome ?? Infinity);
  protected readonly welcomeHelp = computed(() => this.text('welcome.help', { count: this.draft.value().welcome.trim().length, longest: this.#longest() }));
  protected readonly zones = computed(() => timeZones(this.draft.saved().timeZone));
  protected readonly time = computed(() =>
    new Date(this.#clock.halfMinute()).toLocaleTimeString(this.#language.locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: this.draft.value().timeZone }));
  protected readonly locales = computed(() => localesWith(this.draft.saved().locale, this.#language.locale()));
  protected readonly currencies = computed(() => currenciesWith(this.draft.saved().currency, this.#language.locale()));
  protected readonly example = computed(() => {
    const { locale, currency } = this.draft.value();
    return `${new Date(this.#clock.halfMinute()).toLocaleDateString(locale)} · ${(12_345.6).toLocaleString(locale, { style: 'currency', currency })}`;
  });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.draft.isChanged();
  }

  #phoneProblem(phones: readonly string[]) {
    const wrong = phones.find((one) => !isPhone(one));
    if (wrong) return { kind: 'form', message: this.text('phones.wrong', { phone: wrong }) };
    return phones.length > 5 ? { kind: 'many', message: this.text('phones.many') } : undefined;
  }

  protected setHours(hours: CompanyDraft['hours']): void {
    this.draft.value.update((draft) => ({ ...draft, hours }));
  }

  protected discard(): void {
    this.draft.discard();
    this.form().reset();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const wrong = this.#hoursProblem();
    this.draft.problem.set(wrong);
    if (wrong !== undefined) return;
    await submit(this.form, async () => {
      if (!(await this.draft.save((draft) => this.#api.change(changeOf(draft))))) return undefined;
      this.form().reset();
      await this.#session.load();
      this.#toasts.show({ icon: 'check', words: this.text('saved') });
      return undefined;
    });
  }

  #hoursProblem(): string | undefined {
    if (this.hoursEditor()?.isWrong()) return this.text('hours.wrong');
    return this.draft.value().hours?.exceptions.some(({ name }) => name.trim() === '') ? this.text('exceptions.unnamed') : undefined;
  }
}
