import { Component, inject, viewChild } from '@angular/core';
import { ToolsApi } from '../../shared/api/tools-api';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { injectLive } from '../../shared/push/live-value';
import { injectPageTitle } from '../shell/page-title';
import { EmergencyMessageForm } from './emergency-message';
import { injectToolsText } from './i18n/inject-text';
import { ModeChoices } from './mode-choices';
import { NumberActions } from './number-actions';

/** Herramientas: in which mode the bot is, what it says in an emergency, and what to do with a number that misbehaves. */
@Component({
  selector: 'panel-tools',
  imports: [EmergencyMessageForm, Failed, ModeChoices, NumberActions, Skeleton],
  template: `
    <div class="page">
      <div class="page-head"><div><h1>{{ text('title') }}</h1><p>{{ text('about') }}</p></div></div>
      <div class="parts">
        <tools-mode-choices [message]="message.value()" (messageWanted)="form()?.focus()" />
        @if (message.value(); as value) {
          <tools-emergency-message [message]="value" (saved)="message.reload()" />
        } @else if (message.problem(); as problem) {
          <hilo-failed [problem]="problem" (retry)="message.reload()" />
        } @else {
          <div class="card kpi" aria-busy="true"><hilo-skeleton [lines]="5" /></div>
        }
        <tools-number-actions />
      </div>
    </div>
  `,
  styles: `
    :host { display: flex; flex: 1; min-height: 0; }
    .parts { display: flex; flex-direction: column; gap: 20px; max-width: 1120px; }
  `,
})
export class ToolsPage implements Unsaved {
  readonly #api = inject(ToolsApi);
  protected readonly text = injectToolsText();
  protected readonly message = injectLive(() => this.#api.emergencyMessage(), ({ topic }) => topic === 'mode');
  protected readonly form = viewChild(EmergencyMessageForm);

  constructor() {
    injectPageTitle(() => this.text('title'));
    warnBeforeUnload(this);
  }

  isChanged(): boolean {
    return this.form()?.isChanged() ?? false;
  }
}
