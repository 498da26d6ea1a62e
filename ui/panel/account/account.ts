import { Component } from '@angular/core';
import { injectPageTitle } from '../shell/page-title';
import { injectAccountText } from './i18n/inject-text';
import { Devices } from './devices';
import { OwnPassword } from './own-password';

/** What everybody may change about themselves: the password, and where they are logged in. */
@Component({
  selector: 'panel-account',
  imports: [Devices, OwnPassword],
  template: `
    <div class="page">
      <div class="page-head"><h1>{{ text('title') }}</h1></div>
      <div class="two"><account-password /><account-devices /></div>
    </div>
  `,
  styles: `
    :host { display: flex; flex: 1; min-height: 0; }
    .two { display: grid; grid-template-columns: minmax(0, 400px) minmax(0, 640px); gap: 12px; align-items: start; }
    @media (max-width: 1000px) { .two { grid-template-columns: minmax(0, 1fr); } }
  `,
})
export class AccountPage {
  protected readonly text = injectAccountText();

  constructor() {
    injectPageTitle(() => this.text('title'));
  }
}
