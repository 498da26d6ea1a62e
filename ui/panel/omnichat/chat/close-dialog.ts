import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { Icon } from '../../../shared/icons/icon';
import { injectOmniText } from '../i18n/inject-text';

/** Asks before a ticket is closed, and how it was solved. Answers the comment (perhaps empty), or nothing when it stays open. */
@Component({
  selector: 'panel-close-dialog',
  imports: [Icon],
  template: `
    <form class="dialog" (submit)="$event.preventDefault(); ref.close(comment().trim())" (keydown.control.enter)="ref.close(comment().trim())" (keydown.meta.enter)="ref.close(comment().trim())">
      <div class="dialog__body">
        <h2 id="close-title">{{ text('close.title', { name: name }) }}</h2>
        <ul id="close-text">
          <li><hilo-icon name="bot" /><span>{{ text('close.bot', { name: name }) }}</span></li>
          <li><hilo-icon name="rotate" /><span>{{ text('close.reopen') }}</span></li>
        </ul>
        <div class="field">
          <label for="close-comment">{{ text('close.comment') }}</label>
          <textarea #field id="close-comment" class="input" rows="3" maxlength="2000" aria-describedby="close-help" [value]="comment()" (input)="comment.set(field.value)"></textarea>
          <p class="field__help" id="close-help">{{ text('close.comment.help') }}</p>
        </div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ text('cancel') }}</button>
        <button type="submit" class="btn btn--primary"><hilo-icon name="check" />{{ text('close.action') }}</button>
      </div>
    </form>
  `,
})
export class CloseDialog {
  protected readonly name = inject<{ name: string }>(DIALOG_DATA).name;
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly text = injectOmniText();
  protected readonly comment = signal('');
}
