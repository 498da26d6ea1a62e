import { Injectable, inject } from '@angular/core';
import { Http } from './http';

export type SetupStep = 'password' | 'company' | 'number' | 'testChat' | 'flow';

/** How far the first run has come. */
export interface Setup {
  readonly steps: Readonly<Record<SetupStep, 'done' | 'open'>>;
  readonly finished: boolean;
}

/** The company of this host. */
@Injectable({ providedIn: 'root' })
export class CompanyApi {
  readonly #http = inject(Http);

  /** What anyone may know: the login page shows it. */
  publicFace(): Promise<{ name: string; locale: string; timeZone: string }> {
    return this.#http.get('/api/company/public');
  }

  change(changes: { name?: string; timeZone?: string }): Promise<unknown> {
    return this.#http.patch('/api/company', changes);
  }

  setup(): Promise<Setup> {
    return this.#http.get('/api/setup');
  }

  finishSetup(): Promise<Setup> {
    return this.#http.post('/api/setup/finish');
  }
}
