import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { IntegrationsApi, type Integration, type SystemId } from '../../shared/api/integrations-api';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { Activation } from '../integrations/activation';
import { ConnectionForm } from '../integrations/connection-form';
import { injectIntegrationsText } from '../integrations/i18n/inject-text';
import { injectSetupText } from './i18n/inject-text';

/** Where the company's customers are: its own system, tried out at once, or Hilo's book. */
@Component({
  selector: 'setup-system',
  imports: [ConnectionForm, Failed, Icon, RouterLink, Skeleton],
  template: `
    <section class="card about"><h2 class="h1">{{ text('system.title') }}</h2><p class="muted">{{ text('system.about') }}</p>
      @if (live.value(); as systems) {
        <div class="systems" role="group" [attr.aria-label]="text('system.title')">
          @for (one of systems; track one.system) {
            <button type="button" class="btn btn--outline" [class.btn--tonal]="one.system === chosen()?.system" [attr.aria-pressed]="one.system === chosen()?.system" (click)="picked.set(one.system)">
              @if (one.active) {<hilo-icon name="check" />}{{ one.name }}
            </button>
          }
        </div>
      } @else if (live.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="live.reload()" />} @else {<hilo-skeleton [lines]="3" />}
    </section>
    @if (chosen(); as one) {
      @if (one.system === 'embedded') {
        <section class="card about"><p>{{ text('system.book') }}</p>
          <div class="row"><a class="btn btn--primary" routerLink="/customers/import"><hilo-icon name="upload" />{{ text('system.import') }}</a><a class="btn btn--outline" routerLink="/customers/new"><hilo-icon name="plus" />{{ text('system.add') }}</a></div>
          <p class="muted small">{{ text('system.back') }}</p></section>
      } @else {
        <integrations-connection [system]="one" (saved)="take($event)" />
        @if (one.active) {<p class="notice" role="status"><hilo-icon name="check" />{{ text('system.active', { system: one.name }) }}</p>}
        @else if (one.connection) {<button type="button" class="btn btn--primary" [disabled]="activating()" (click)="activate(one)"><hilo-icon name="power" />{{ words('activate', { system: one.name }) }}</button>}
      }
    }
  `,
  styles: `
    :host { display: flex; flex-direction: column; gap: 16px; align-items: stretch; max-width: 720px; }
    .about { padding: 32px; display: flex; flex-direction: column; gap: 12px; }
    .systems { display: flex; flex-wrap: wrap; gap: 8px; }
    @media (max-width: 720px) { .about { padding: 20px; } }
  `,
})
export class SystemStep {
  readonly #api = inject(IntegrationsApi);
  readonly #activation = inject(Activation);
  protected readonly text = injectSetupText();
  protected readonly words = injectIntegrationsText();
  protected readonly live = injectLive(() => this.#api.list(), ({ topic }) => topic === 'isp');
  protected readonly picked = signal<SystemId | undefined>(undefined);
  protected readonly activating = signal(false);
  readonly #active = computed(() => this.live.value()?.find(({ active }) => active));
  /** The active one until another is picked. */
  protected readonly chosen = computed(() => this.live.value()?.find(({ system }) => system === this.picked()) ?? this.#active());

  protected take(all: readonly Integration[]): void {
    this.live.change(() => [...all]);
  }

  protected async activate(system: Integration): Promise<void> {
    this.activating.set(true);
    await this.#activation.run(system, this.#active()?.name ?? '');
    await this.live.reload();
    this.activating.set(false);
  }
}
