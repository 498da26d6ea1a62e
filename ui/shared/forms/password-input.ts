import { Component, inject, input, model, signal } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { Icon } from '../icons/icon';
import { injectSharedText } from '../feedback/inject-text';
import { Field } from './field';

/** A password that can be shown, with a word when Caps Lock is on. Use it as a control: `[formField]`. */
@Component({
  selector: 'hilo-password-input',
  imports: [Icon],
  template: `
    <div class="inputwrap">
      <hilo-icon name="lock" />
      <input #box class="input" [type]="shown() ? 'text' : 'password'" [attr.id]="field?.id" [attr.autocomplete]="autocomplete()"
        [attr.aria-describedby]="field?.describedBy()" [attr.aria-invalid]="field?.error() ? 'true' : null"
        autocapitalize="none" spellcheck="false" [value]="value()" (input)="value.set(box.value)" (blur)="touched.set(true)"
        (keydown)="caps.set($event.getModifierState('CapsLock'))" (keyup)="caps.set($event.getModifierState('CapsLock'))">
      <button type="button" class="iconbtn" [attr.aria-label]="text(shown() ? 'password.hide' : 'password.show')" [attr.aria-pressed]="shown()" (click)="shown.set(!shown())">
        <hilo-icon [name]="shown() ? 'eyeoff' : 'eye'" />
      </button>
    </div>
    <p class="caps" role="status">@if (caps()) {<hilo-icon name="info" />{{ text('password.caps') }}}</p>
  `,
  styles: `
    .caps { display: flex; align-items: center; gap: 6px; margin-top: 4px; font: var(--hilo-caption); color: var(--hilo-warning); }
    .caps:empty { display: none; }
    .caps ::ng-deep .icon { width: 16px; height: 16px; }
  `,
})
export class PasswordInput implements FormValueControl<string> {
  readonly value = model('');
  readonly touched = model(false);
  /** As in HTML: `current-password` or `new-password`, so that a password manager knows what to do. */
  readonly autocomplete = input('current-password');
  protected readonly field = inject(Field, { optional: true });
  protected readonly text = injectSharedText();
  protected readonly shown = signal(false);
  protected readonly caps = signal(false);
}
