import { Injectable, computed, inject } from '@angular/core';
import { CompanyApi, type Setup, type SetupStep } from '../../shared/api/company-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';

const laterKey = 'hilo.setup.later';

/** The steps of the first run after the password, in their order. */
export const wizardSteps = ['company', 'system', 'number', 'testChat', 'flow'] as const satisfies readonly SetupStep[];
export type WizardStep = (typeof wizardSteps)[number];

/** How far the company's first run has come, live; for those who run it. */
@Injectable({ providedIn: 'root' })
export class SetupProgress {
  readonly #api = inject(CompanyApi);
  readonly #session = inject(CurrentSession);
  readonly live = injectLive<Setup | undefined>(
    () => (this.#session.can('company.manage') ? this.#api.setup() : Promise.resolve(undefined)),
    ({ topic }) => ['channel', 'message', 'isp', 'customer'].includes(topic),
  );
  readonly #steps = computed(() => this.live.value()?.steps);
  /** The steps that are still to be done. */
  readonly open = computed(() => wizardSteps.filter((step) => this.#steps()?.[step] === 'open'));
  readonly isDue = computed(() => this.live.value()?.finished === false && this.open().length > 0);

  isDone(step: WizardStep): boolean {
    return this.#steps()?.[step] === 'done';
  }

  /** Not now: the dashboard offers it again, but nobody is led here any more in this browser tab. */
  postpone(): void {
    sessionStorage.setItem(laterKey, '1');
  }

  /** Whether somebody who comes in should be led through the first run: it is due, and they did not put it off. */
  async isWanted(): Promise<boolean> {
    if (!this.#session.can('company.manage') || sessionStorage.getItem(laterKey) === '1') return false;
    try {
      const { finished, steps } = await this.#api.setup();
      return !finished && wizardSteps.some((step) => steps[step] === 'open');
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      return false; // the pages say themselves what is wrong
    }
  }

  async finish(): Promise<void> {
    await this.#api.finishSetup();
    await this.live.reload();
  }
}
