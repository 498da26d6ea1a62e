import { Component, computed, effect, inject, input, model, signal, untracked } from '@angular/core';
import { CompanyApi, type CompanyHours, type HoursException, type HoursWords, type Span, type Weekday } from '../../../shared/api/company-api';
import { ApiProblem } from '../../../shared/api/problem';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { Icon } from '../../../shared/icons/icon';
import { injectCompanyText } from './i18n/inject-text';
import { SpansEditor } from './spans-editor';
import { type Preset, noHours, presets, weekdays } from './week';

/** Typing pauses before the server is asked how it sounds. */
const pauseMs = 250;

/** When the company attends: the week, the days that are otherwise, and how it will be said. Null: nobody is told. */
@Component({
  selector: 'company-hours',
  imports: [Icon, SpansEditor],
  templateUrl: './hours-editor.html',
  styleUrl: './hours-editor.css',
})
export class HoursEditor {
  readonly hours = model.required<CompanyHours | null>();
  readonly timeZone = input.required<string>();
  readonly #api = inject(CompanyApi);
  readonly #language = inject(LanguageChoice);
  protected readonly text = injectCompanyText();
  protected readonly weekdays = weekdays;
  protected readonly presets = Object.keys(presets) as Preset[];
  protected readonly words = signal<HoursWords | undefined>(undefined);
  /** What is wrong, by the day or date that it is wrong in. */
  readonly #wrong = computed(() => new Map(this.words()?.problems.map(({ code, at }) => [at, code])));
  protected readonly said = computed(() => this.words()?.week?.[this.#language.current()]);
  protected readonly now = computed(() => {
    const { open, until } = this.words() ?? {};
    if (open === undefined) return undefined;
    const when = until?.[this.#language.current()];
    if (open) return when ? this.text('hours.open.until', { when }) : this.text('hours.open');
    return when ? this.text('hours.shut.until', { when }) : this.text('hours.shut');
  });
  /** Whether it may be saved. */
  readonly isWrong = computed(() => this.#wrong().size > 0);

  constructor() {
    effect((onCleanup) => {
      const [hours, zone] = [this.hours(), this.timeZone()];
      if (!hours) return untracked(() => this.words.set(undefined));
      const timer = setTimeout(() => void this.#ask(hours, zone), pauseMs);
      onCleanup(() => clearTimeout(timer));
    });
  }

  async #ask(hours: CompanyHours, zone: string): Promise<void> {
    try {
      const words = await this.#api.hoursWords(hours, zone);
      if (this.hours() === hours && this.timeZone() === zone) this.words.set(words);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.words.set(undefined); // saving says what is wrong
    }
  }

  protected wrong(at: string): string {
    const code = this.#wrong().get(at);
    return code ? this.text(`hours.problem.${code}`) : '';
  }

  protected begin(): void {
    this.hours.set({ ...noHours, week: presets.split });
  }

  protected usePreset(name: Preset): void {
    this.hours.update((hours) => ({ exceptions: hours?.exceptions ?? [], week: presets[name] }));
  }

  protected setDay(day: Weekday, spans: readonly Span[]): void {
    this.hours.update((hours) => hours && { ...hours, week: { ...hours.week, [day]: spans } });
  }

  /** To the working days, or to all. */
  protected copy(day: Weekday): void {
    this.hours.update((hours) => hours && { ...hours, week: Object.fromEntries(weekdays.map((one) => [one, hours.week[day]])) as CompanyHours['week'] });
  }

  protected addException(): void {
    this.hours.update((hours) => hours && { ...hours, exceptions: [...hours.exceptions, { date: '', name: '', yearly: true, spans: [] }] });
  }

  protected setException(index: number, change: Partial<HoursException>): void {
    this.hours.update((hours) => hours && { ...hours, exceptions: hours.exceptions.map((one, i) => (i === index ? { ...one, ...change } : one)) });
  }

  protected removeException(index: number): void {
    this.hours.update((hours) => hours && { ...hours, exceptions: hours.exceptions.filter((_, i) => i !== index) });
  }
}
