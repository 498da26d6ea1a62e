import { Injectable, signal } from '@angular/core';

type Show = (digits: string) => string;

/** Phone numbers as people read them: `+54 9 343 400 0001`. The tables of all countries come when the first one is shown. */
@Injectable({ providedIn: 'root' })
export class PhoneNumbers {
  readonly #show = signal<Show | undefined>(undefined);
  #asked = false;

  /** @param digits E.164 without `+`; shown plainly until the tables are there, and when no country has such numbers */
  text(digits: string): string {
    if (!this.#asked) void this.#load();
    return this.#show()?.(digits) ?? `+${digits}`;
  }

  async #load(): Promise<void> {
    this.#asked = true;
    const { parsePhoneNumberFromString } = await import('libphonenumber-js/min');
    this.#show.set((digits) => parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`);
  }
}
