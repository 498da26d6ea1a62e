import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { injectToolsText } from './i18n/inject-text';
import { isSame } from './typed';

/** Asks before a number is unlinked, which only a person at the phone can undo: its name has to be typed. Answers true, or nothing. */
@Component({
  selector: 'tools-unlink-dialog',
  imports: [Icon],
  template: `
    <form class="dialog" (submit)="$event.preventDefault(); unlink()">
      <div class="dialog__body">
        <h2 id="unlink-title">{{ text('unlink.title', { number: name }) }}</h2>
        <ul id="unlink-text">
          <li><hilo-icon name="bot" /><span>{{ text('unlink.silent') }}</span></li>
          <li><hilo-icon name="headset" /><span>{{ text('unlink.agents') }}</span></li>
          <li><hilo-icon name="qr" /><span>{{ text('unlink.qr') }}</span></li>
          @if (!mayLink) {<li><hilo-icon name="lock" /><span>{{ text('unlink.administrator') }}</span></li>}
        </ul>
        <div class="field">
          <label for="unlink-typed">{{ text('unlink.type', { number: name }) }}</label>
          <input #field id="unlink-typed" class="input" autocomplete="off" aria-describedby="unlink-error" [attr.aria-invalid]="isWrong() ? 'true' : null" [value]="typed()" (input)="typed.set(field.value); tried.set(false)">
          <p class="field__error" id="unlink-error" aria-live="polite">@if (isWrong()) {<hilo-icon name="alert" />{{ text('unlink.wrong') }}}</p>
        </div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ shared('action.cancel') }}</button>
        <button type="submit" class="btn btn--danger">{{ text('unlink.named', { number: name }) }}</button>
      </div>
    </form>
  `,
})
export class UnlinkDialog {
  protected readonly name = inject<{ name: string }>(DIALOG_DATA).name;
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly text = injectToolsText();
  protected readonly shared = injectSharedText();
  /** Who unlinks may be somebody who cannot link it again. */
  protected readonly mayLink = inject(CurrentSession).can('channels.link');
  protected readonly typed = signal('');
  protected readonly tried = signal(false);
  protected readonly isWrong = computed(() => this.tried() && !isSame(this.typed(), this.name));

  protected unlink(): void {
    this.tried.set(true);
    if (isSame(this.typed(), this.name)) this.ref.close(true);
  }
}
