import { Component, computed, inject, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { IntegrationsApi, type Integration } from '../../shared/api/integrations-api';
import { Confirm } from '../../shared/feedback/confirm';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Moments } from '../../shared/time/moments';
import { SettingsPage } from '../settings/settings-page';
import { CapabilityTable } from './capability-table';
import { ConnectionForm } from './connection-form';
import { injectIntegrationsText } from './i18n/inject-text';
import { SystemChoice } from './system-choice';
import { SystemErrors } from './system-errors';
import { faultWords } from './words';

/** Integraciones ISP: which system has the company's customers, how it is reached and how it fares. */
@Component({
  selector: 'panel-integrations',
  imports: [CapabilityTable, ConnectionForm, Failed, Icon, RouterLink, SettingsPage, Skeleton, SystemErrors],
  providers: [SystemChoice],
  templateUrl: './integrations-page.html',
  styleUrl: './integrations-page.css',
})
export class IntegrationsPage implements Unsaved {
  readonly #api = inject(IntegrationsApi);
  readonly #confirm = inject(Confirm);
  protected readonly choice = inject(SystemChoice);
  readonly #shared = injectSharedText();
  private readonly connection = viewChild(ConnectionForm);
  protected readonly moments = inject(Moments);
  protected readonly text = injectIntegrationsText();
  protected readonly errors = injectLive(() => this.#api.errors(), ({ topic }) => topic === 'isp');
  protected readonly diagnosis = computed(() => {
    const { system, name, health } = this.choice.chosen() ?? {};
    return system && name && health?.state === 'down' ? faultWords(this.text, system, name, health.fault ?? 'unavailable') : undefined;
  });

  constructor() {
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.connection()?.isChanged() ?? false;
  }

  protected stateOf({ system, active, connection, health }: Integration): { tone: string; words: string } {
    if (active) return health?.state === 'down' ? { tone: 'bad', words: this.text('state.down') } : { tone: 'ok', words: this.text('active') };
    if (system === 'embedded') return { tone: 'plain', words: this.text('state.embedded') };
    return { tone: 'plain', words: this.text(connection ? 'state.saved' : 'state.none') };
  }

  protected async pick({ system }: Integration): Promise<void> {
    if (system === this.choice.chosen()?.system) return;
    const leaves = !this.isChanged() || (await this.#confirm.ask({
      title: this.#shared('leave.title'), consequences: [{ icon: 'alert', words: this.#shared('leave.lost') }],
      action: this.#shared('leave.leave'), cancel: this.#shared('leave.stay'), danger: true,
    }));
    if (leaves) this.choice.picked.set(system);
  }

  protected activate(system: Integration): Promise<void> {
    return this.choice.activate(system, () => this.errors.reload());
  }
}
