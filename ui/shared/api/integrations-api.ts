import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { integrationsActivate } from './generated/fn/integrations/integrations-activate';
import { integrationsErrors } from './generated/fn/integrations/integrations-errors';
import { integrationsList } from './generated/fn/integrations/integrations-list';
import { integrationsSave } from './generated/fn/integrations/integrations-save';
import { integrationsTest } from './generated/fn/integrations/integrations-test';
import type * as api from './generated/models';
import { Http } from './http';

/** An ISP system: what it can do, what is set up of it, how it fares. */
export type Integration = Frozen<api.IspIntegration>;
export type SystemId = Integration['system'];
export type SystemField = Integration['fields'][number];
export type ConnectionChange = api.IspConnectionChange;
export type ConnectionTest = Frozen<api.IspConnectionTest>;
export type Fault = NonNullable<ConnectionTest['fault']>;
export type Activation = Frozen<api.IspActivationResult>;
export type IspError = Frozen<api.IspError>;

@Injectable({ providedIn: 'root' })
export class IntegrationsApi {
  readonly #http = inject(Http);

  list(): Promise<Integration[]> {
    return this.#http.call(integrationsList, {});
  }

  /** What went wrong lately, newest first. */
  errors(): Promise<IspError[]> {
    return this.#http.call(integrationsErrors, {});
  }

  save(body: ConnectionChange): Promise<Integration[]> {
    return this.#http.call(integrationsSave, { body });
  }

  /** @param draft what is typed; without it, what is saved */
  test(system: SystemId, draft?: Omit<ConnectionChange, 'system'>): Promise<ConnectionTest> {
    return this.#http.call(integrationsTest, { body: { system, ...(draft ? { draft } : {}) } });
  }

  /** @param evenIfFailing although its test fails */
  activate(system: SystemId, evenIfFailing = false): Promise<Activation> {
    return this.#http.call(integrationsActivate, { body: { system, evenIfFailing } });
  }
}
