import { CdkMenu, CdkMenuItem, CdkMenuItemCheckbox, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject, output } from '@angular/core';
import { Icon } from '../../../shared/icons/icon';
import { injectOmniText } from '../i18n/inject-text';
import { Preferences } from './preferences';

/** Switches for sound, desktop notifications and single-key shortcuts, and the list of keys. */
@Component({
  selector: 'panel-options-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuItemCheckbox, CdkMenuTrigger, Icon],
  template: `
    <button type="button" class="iconbtn" [cdkMenuTriggerFor]="menu" [attr.aria-label]="text('options')" [title]="text('options')"><hilo-icon name="settings" /></button>
    <ng-template #menu>
      <div class="menu" cdkMenu [attr.aria-label]="text('options')">
        <button type="button" class="menu__item" cdkMenuItemCheckbox [cdkMenuItemChecked]="preferences.sound()" (cdkMenuItemTriggered)="preferences.toggleSound()"><hilo-icon [name]="preferences.sound() ? 'check' : 'minus'" />{{ text('options.sound') }}</button>
        <button type="button" class="menu__item" cdkMenuItemCheckbox [cdkMenuItemChecked]="preferences.desktop()" (cdkMenuItemTriggered)="preferences.toggleDesktop()"><hilo-icon [name]="preferences.desktop() ? 'check' : 'minus'" />{{ text('options.desktop') }}</button>
        @if (preferences.denied()) {<p class="menu__head" role="status">{{ text('options.desktop.denied') }}</p>}
        <button type="button" class="menu__item" cdkMenuItemCheckbox [cdkMenuItemChecked]="preferences.keys()" (cdkMenuItemTriggered)="preferences.toggleKeys()"><hilo-icon [name]="preferences.keys() ? 'check' : 'minus'" />{{ text('options.keys') }}</button>
        <div class="menu__sep" role="separator"></div>
        <button type="button" class="menu__item" cdkMenuItem (cdkMenuItemTriggered)="keys.emit()"><hilo-icon name="keyboard" />{{ text('keys') }}<span class="kbd push" aria-hidden="true">?</span></button>
      </div>
    </ng-template>
  `,
})
export class OptionsMenu {
  readonly keys = output();
  protected readonly preferences = inject(Preferences);
  protected readonly text = injectOmniText();
}
