import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../../shared/icons/icon';
import { injectSettingsText } from './i18n/inject-text';

/** Regresar: from a part of the settings to the grid. */
@Component({
  selector: 'settings-back',
  imports: [Icon, RouterLink],
  template: `<a class="btn btn--text btn--sm" routerLink="/settings"><hilo-icon name="arrowleft" />{{ text('back') }}</a>`,
  styles: `:host { display: block; } .btn { margin-left: -10px; }`,
})
export class SettingsBack {
  protected readonly text = injectSettingsText();
}
