import { Component, type ElementRef, input, output, viewChild } from '@angular/core';
import { injectText } from '../i18n/inject-text';
import { uniqueId } from './unique-id';

/** Asks before something that cannot be undone: names the thing, the consequences and the action. */
@Component({
  selector: 'phone-confirm-dialog',
  template: `
    <dialog #dialog class="dialog" [attr.aria-labelledby]="id" [attr.aria-describedby]="id + '-text'">
      <div class="dialog__body"><h2 [id]="id">{{ title() }}</h2><p [id]="id + '-text'">{{ consequences() }}</p></div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--outline" autofocus (click)="dialog.close()">{{ text('dialog.cancel') }}</button>
        <button type="button" class="btn btn--danger" (click)="confirm()">{{ action() }}</button>
      </div>
    </dialog>
  `,
  styles: `:host { display: contents; }`,
})
export class ConfirmDialog {
  readonly title = input.required<string>();
  readonly consequences = input.required<string>();
  readonly action = input.required<string>();
  readonly confirmed = output();
  protected readonly text = injectText();
  protected readonly id = uniqueId('confirm');
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    this.dialogElement().nativeElement.showModal();
  }

  protected confirm(): void {
    this.dialogElement().nativeElement.close();
    this.confirmed.emit();
  }
}
