import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { companyChange } from './generated/fn/company/company-change';
import { companyReadPublic } from './generated/fn/company/company-read-public';
import { setupFinish } from './generated/fn/company/setup-finish';
import { setupRead } from './generated/fn/company/setup-read';
import type * as api from './generated/models';
import { Http } from './http';

/** How far the first run has come. */
export type Setup = Frozen<api.Setup>;
export type SetupStep = keyof Setup['steps'];
/** What anyone may know. */
export type PublicCompany = Frozen<api.PublicCompany>;

/** The company of this host. */
@Injectable({ providedIn: 'root' })
export class CompanyApi {
  readonly #http = inject(Http);

  /** What anyone may know: the login page shows it. */
  publicFace(): Promise<PublicCompany> {
    return this.#http.call(companyReadPublic, {});
  }

  change(changes: Frozen<api.CompanyChange>): Promise<unknown> {
    return this.#http.call(companyChange, { body: changes });
  }

  setup(): Promise<Setup> {
    return this.#http.call(setupRead, {});
  }

  finishSetup(): Promise<Setup> {
    return this.#http.call(setupFinish, {});
  }
}
