import { Injectable, computed, inject, signal } from '@angular/core';
import { IntegrationsApi, type Integration, type SystemId } from '../../shared/api/integrations-api';
import { injectLive } from '../../shared/push/live-value';
import { Activation } from './activation';

/** The company's ISP systems, live, and the one that somebody looks at; provided by the page or step that shows them. */
@Injectable()
export class SystemChoice {
  readonly #api = inject(IntegrationsApi);
  readonly #activation = inject(Activation);
  readonly live = injectLive(() => this.#api.list(), ({ topic }) => topic === 'isp');
  readonly picked = signal<SystemId | undefined>(undefined);
  readonly activating = signal(false);
  readonly #active = computed(() => this.live.value()?.find(({ active }) => active));
  /** The one whose details are shown: the active one until another is picked. */
  readonly chosen = computed(() => this.live.value()?.find(({ system }) => system === this.picked()) ?? this.#active());

  /** What saving answered. */
  take(all: readonly Integration[]): void {
    this.live.change(() => [...all]);
  }

  /** @param alsoReload what else tells of the system */
  async activate(system: Integration, alsoReload: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    this.activating.set(true);
    await this.#activation.run(system, this.#active()?.name ?? '');
    await Promise.all([this.live.reload(), alsoReload()]);
    this.activating.set(false);
  }
}
