import { Injectable, computed, inject } from '@angular/core';
import { LanguageChoice } from '../i18n/texts';
import { CurrentSession } from '../session/current-session';
import { Clock } from './clock';
import { sinceParts } from './since';

/** Times as people read them: in the company's time zone and the person's language. Everything it says follows both. */
@Injectable({ providedIn: 'root' })
export class Moments {
  readonly #clock = inject(Clock);
  readonly #language = inject(LanguageChoice);
  readonly #session = inject(CurrentSession);
  readonly #zone = computed(() => this.#session.company()?.timeZone);
  readonly #time = this.#format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  readonly #day = this.#format({ day: 'numeric', month: 'short' });
  readonly #weekday = this.#format({ weekday: 'long', day: 'numeric', month: 'long' });
  readonly #dayKey = this.#format({ year: 'numeric', month: '2-digit', day: '2-digit' });
  readonly #relative = computed(() => new Intl.RelativeTimeFormat(this.#language.locale(), { numeric: 'auto', style: 'short' }));

  /** 09:05 */
  time(at: string | number): string {
    return this.#time().format(new Date(at));
  }

  /** 19 nov */
  day(at: string | number): string {
    return this.#day().format(new Date(at));
  }

  /** Jueves, 19 de noviembre */
  weekday(at: string | number): string {
    const told = this.#weekday().format(new Date(at));
    return told.charAt(0).toLocaleUpperCase() + told.slice(1);
  }

  /** 09:05 if that is today, else 19 nov, 09:05 */
  moment(at: string | number): string {
    return this.isToday(at) ? this.time(at) : `${this.day(at)}, ${this.time(at)}`;
  }

  /** hace 3 min; never in the future, whatever the clocks say */
  ago(at: string | number): string {
    const { value, unit } = sinceParts(new Date(at).getTime(), this.#clock.halfMinute());
    return this.#relative().format(-value, unit);
  }

  isToday(at: string | number): boolean {
    return this.sameDay(at, this.#clock.halfMinute());
  }

  sameDay(one: string | number, other: string | number): boolean {
    return this.#dayKey().format(new Date(one)) === this.#dayKey().format(new Date(other));
  }

  #format(options: Intl.DateTimeFormatOptions) {
    return computed(() => new Intl.DateTimeFormat(this.#language.locale(), { ...options, timeZone: this.#zone() }));
  }
}
