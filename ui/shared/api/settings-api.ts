import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { settingsCards } from './generated/fn/settings/settings-cards';
import type * as api from './generated/models';
import { Http } from './http';

/** How one part of the settings is. */
export type CardState = Frozen<api.SettingsCard>;
export type SettingsCardId = CardState['card'];

/** What the grid of the settings shows. */
@Injectable({ providedIn: 'root' })
export class SettingsApi {
  readonly #http = inject(Http);

  cards(): Promise<CardState[]> {
    return this.#http.call(settingsCards, {});
  }
}
