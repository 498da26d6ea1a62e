import { Injectable, inject } from '@angular/core';
import { LanguageChoice } from '../../shared/i18n/texts';

/** Money and calendar days as people read them. */
@Injectable({ providedIn: 'root' })
export class BookFormat {
  readonly #language = inject(LanguageChoice);

  /** `$ 27.900,50`; digits only go through a number for its grouping: amounts of the book are far below what a number holds exactly. */
  money(amount: string, currency: string): string {
    return new Intl.NumberFormat(this.#language.locale(), { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(Number(amount));
  }

  /** 10/11/2026, of a day without an hour. */
  day(day: string): string {
    return new Intl.DateTimeFormat(this.#language.locale(), { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date(`${day}T00:00:00Z`));
  }

  /** noviembre de 2026, of `2026-11`. */
  month(month: string): string {
    return new Intl.DateTimeFormat(this.#language.locale(), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(new Date(`${month}-01T00:00:00Z`));
  }
}

/** The person's own calendar day, `YYYY-MM-DD`, to begin a form with. */
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}
