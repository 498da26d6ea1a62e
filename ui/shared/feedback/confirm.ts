import { DIALOG_DATA, Dialog, DialogRef } from '@angular/cdk/dialog';
import { Component, Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { injectSharedText } from './inject-text';

export interface Question {
  /** Names the thing: "¿Desvincular +54 9 …?" */
  readonly title: string;
  /** What follows from it, a line each. */
  readonly consequences: readonly { readonly icon: IconName; readonly words: string }[];
  /** The word on the button that does it. */
  readonly action: string;
  /** The word on the other button; "Cancelar" if none is given. */
  readonly cancel?: string;
  readonly danger?: boolean;
}

/** Asks before what has consequences. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  readonly #dialog = inject(Dialog);

  /** Whether the person wants it. */
  async ask(question: Question): Promise<boolean> {
    const opened = this.#dialog.open<boolean>(ConfirmDialog, {
      data: question,
      role: 'alertdialog',
      ariaLabelledBy: 'confirm-title',
      ariaDescribedBy: 'confirm-text',
      autoFocus: '[data-cancel]',
    });
    return (await firstValueFrom(opened.closed, { defaultValue: false })) ?? false;
  }
}

@Component({
  selector: 'hilo-confirm-dialog',
  imports: [Icon],
  template: `
    <div class="dialog">
      <div class="dialog__body">
        <h2 id="confirm-title">{{ question.title }}</h2>
        <ul id="confirm-text">
          @for (consequence of question.consequences; track $index) {<li><hilo-icon [name]="consequence.icon" /><span>{{ consequence.words }}</span></li>}
        </ul>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" data-cancel (click)="ref.close(false)">{{ question.cancel ?? text('action.cancel') }}</button>
        <button type="button" class="btn" [class]="question.danger ? 'btn--danger' : 'btn--primary'" (click)="ref.close(true)">{{ question.action }}</button>
      </div>
    </div>
  `,
})
class ConfirmDialog {
  protected readonly question = inject<Question>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  protected readonly text = injectSharedText();
}
