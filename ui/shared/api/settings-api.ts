import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { customerfieldsRead } from './generated/fn/settings/customerfields-read';
import { customerfieldsSave } from './generated/fn/settings/customerfields-save';
import { settingsCards } from './generated/fn/settings/settings-cards';
import type * as api from './generated/models';
import { Http } from './http';

/** How one part of the settings is. */
export type CardState = Frozen<api.SettingsCard>;
export type SettingsCardId = CardState['card'];

/** What of a customer agents see, in order, and everything that there is. */
export type CustomerFields = Frozen<api.CustomerFields>;
export type CustomerGroup = CustomerFields['layout'][number];
export type CustomerGroupName = CustomerGroup['group'];
export type CustomerField = CustomerGroup['fields'][number];

/** What the grid of the settings shows. */
@Injectable({ providedIn: 'root' })
export class SettingsApi {
  readonly #http = inject(Http);

  cards(): Promise<CardState[]> {
    return this.#http.call(settingsCards, {});
  }

  customerFields(): Promise<CustomerFields> {
    return this.#http.call(customerfieldsRead, {});
  }

  saveCustomerFields(layout: readonly CustomerGroup[]): Promise<CustomerFields> {
    return this.#http.call(customerfieldsSave, { body: { layout } });
  }
}
