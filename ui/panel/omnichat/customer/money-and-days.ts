import { Injectable, computed, inject } from '@angular/core';
import type { Money } from '../../../shared/api/conversations-api';
import { LanguageChoice } from '../../../shared/i18n/texts';
import { CurrentSession } from '../../../shared/session/current-session';
import { Clock } from '../../../shared/time/clock';
import { dayText } from './calendar-day';

/** Amounts and calendar days of a customer in words. */
@Injectable({ providedIn: 'root' })
export class MoneyAndDays {
  readonly #session = inject(CurrentSession);
  readonly #language = inject(LanguageChoice);
  readonly #clock = inject(Clock);
  readonly #locale = computed(() => (this.#language.current() === 'es' ? (this.#session.company()?.locale ?? 'es-AR') : 'en'));

  /** The decimal goes to the formatter as the text that it is: no float comes between. */
  money({ amount, currency }: Money): string {
    return new Intl.NumberFormat(this.#locale(), { style: 'currency', currency }).format(amount as `${number}`);
  }

  day(day: string): string {
    return dayText(day, this.#language.locale());
  }

  /** Whether a day is over where the company is. */
  isPast(day: string): boolean {
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: this.#session.company()?.timeZone }).format(this.#clock.halfMinute());
    return day.slice(0, 10) < today;
  }
}
