import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { ConnectionForm } from '../integrations/connection-form';
import { injectIntegrationsText } from '../integrations/i18n/inject-text';
import { SystemChoice } from '../integrations/system-choice';
import { injectSetupText } from './i18n/inject-text';

/** Where the company's customers are: its own system, tried out at once, or Hilo's book. */
@Component({
  selector: 'setup-system',
  imports: [ConnectionForm, Failed, Icon, RouterLink, Skeleton],
  providers: [SystemChoice],
  template: `
    <section class="card about"><h2 class="h1">{{ text('system.title') }}</h2><p class="muted">{{ text('system.about') }}</p>
      @if (choice.live.value(); as systems) {
        <div class="systems" role="group" [attr.aria-label]="text('system.title')">
          @for (one of systems; track one.system) {
            <button type="button" class="btn btn--outline" [class.btn--tonal]="one.system === choice.chosen()?.system" [attr.aria-pressed]="one.system === choice.chosen()?.system" (click)="choice.picked.set(one.system)">
              @if (one.active) {<hilo-icon name="check" />}{{ one.name }}
            </button>
          }
        </div>
      } @else if (choice.live.problem(); as problem) {<hilo-failed [problem]="problem" (retry)="choice.live.reload()" />} @else {<hilo-skeleton [lines]="3" />}
    </section>
    @if (choice.chosen(); as one) {
      @if (one.system === 'embedded') {
        <section class="card about"><p>{{ text('system.book') }}</p>
          <div class="row"><a class="btn btn--primary" routerLink="/customers/import"><hilo-icon name="upload" />{{ text('system.import') }}</a><a class="btn btn--outline" routerLink="/customers/new"><hilo-icon name="plus" />{{ text('system.add') }}</a></div>
          <p class="muted small">{{ text('system.back') }}</p></section>
      } @else {
        <integrations-connection [system]="one" (saved)="choice.take($event)" />
        @if (one.active) {<p class="notice" role="status"><hilo-icon name="check" />{{ text('system.active', { system: one.name }) }}</p>}
        @else if (one.connection) {<button type="button" class="btn btn--primary" [disabled]="choice.activating()" (click)="choice.activate(one)"><hilo-icon name="power" />{{ words('activate', { system: one.name }) }}</button>}
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
  protected readonly choice = inject(SystemChoice);
  protected readonly text = injectSetupText();
  protected readonly words = injectIntegrationsText();
}
