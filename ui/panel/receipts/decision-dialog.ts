import { DIALOG_DATA, Dialog, DialogRef } from '@angular/cdk/dialog';
import { Component, Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { injectReceiptText } from './i18n/inject-text';

export interface DecisionAsked {
  readonly title: string;
  /** What follows from it, a line each. */
  readonly help: readonly string[];
  /** Reasons to choose from; one's own can be written besides. */
  readonly usual: readonly string[];
  readonly action: string;
  readonly danger: boolean;
}

/** Asks why, before a decision that is told to somebody or kept. */
@Injectable({ providedIn: 'root' })
export class Decisions {
  readonly #dialog = inject(Dialog);

  /** The reason; undefined: they would rather not. */
  ask(asked: DecisionAsked): Promise<string | undefined> {
    const opened = this.#dialog.open<string>(DecisionDialog, { data: asked, role: 'dialog', ariaLabelledBy: 'decision-title', autoFocus: 'input' });
    return firstValueFrom(opened.closed, { defaultValue: undefined });
  }
}

@Component({
  selector: 'receipts-decision-dialog',
  template: `
    <form class="dialog" (submit)="done($event)">
      <div class="dialog__body">
        <h2 id="decision-title">{{ asked.title }}</h2>
        @for (line of asked.help; track line) {<p>{{ line }}</p>}
        @if (asked.usual.length > 0) {<div class="filters">@for (one of asked.usual; track one) {<button type="button" class="filter" [attr.aria-pressed]="why() === one" (click)="why.set(one)">{{ one }}</button>}</div>}
        <div class="field">
          <label for="decision-why">{{ text('why') }}</label>
          <input #box id="decision-why" class="input" maxlength="500" autocomplete="off" [value]="why()" (input)="why.set(box.value)" [attr.aria-invalid]="missing() ? 'true' : null" aria-describedby="decision-error">
          <p class="field__error" id="decision-error" aria-live="polite">{{ missing() ? text('why.missing') : '' }}</p>
        </div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ text('cancel') }}</button>
        <button type="submit" class="btn" [class]="asked.danger ? 'btn--danger' : 'btn--primary'">{{ asked.action }}</button>
      </div>
    </form>
  `,
})
class DecisionDialog {
  protected readonly asked = inject<DecisionAsked>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly text = injectReceiptText();
  protected readonly why = signal('');
  protected readonly missing = signal(false);

  protected done(event: Event): void {
    event.preventDefault();
    const why = this.why().trim();
    this.missing.set(why === '');
    if (why !== '') this.ref.close(why);
  }
}
