import { Component, input } from '@angular/core';
import { injectPageTitle } from '../shell/page-title';
import { SettingsBack } from './settings-back';

/**
 * The frame of each part of the settings: Regresar, title, what it is about, then its content. A page with a form puts `<hilo-save-bar>` last in
 * the form, is `Unsaved` (ui/shared/forms/leave-guard), calls `warnBeforeUnload(this)`, and has `canDeactivate: [leaveGuard]` on its route.
 * What is projected with `actions` stands beside the title.
 */
@Component({
  selector: 'hilo-settings-page',
  imports: [SettingsBack],
  template: `
    <div class="page">
      <settings-back />
      <div class="page-head">
        <div class="grow"><h1>{{ heading() }}</h1>@if (about()) {<p>{{ about() }}</p>}</div>
        <div class="actions"><ng-content select="[actions]" /></div>
      </div>
      <ng-content />
    </div>
  `,
  styles: `
    :host { display: flex; flex: 1; min-height: 0; }
    .page-head { margin-bottom: 20px; }
    .actions:empty { display: none; }
  `,
})
export class SettingsPage {
  /** Title of the page and of the browser's tab. */
  readonly heading = input.required<string>();
  readonly about = input<string>();

  constructor() {
    injectPageTitle(() => this.heading());
  }
}
