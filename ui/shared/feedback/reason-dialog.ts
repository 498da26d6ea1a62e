import { DIALOG_DATA, Dialog, DialogRef } from '@angular/cdk/dialog';
import { Component, Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { injectSharedText } from './inject-text';

export interface ReasonAsked {
  readonly title: string;
  /** What follows from it, a line each. */
  readonly help: readonly string[];
  /** Reasons to choose from; one's own can be written besides. */
  readonly usual?: readonly string[];
  readonly action: string;
  readonly danger: boolean;
  /** Letters of a reason at most. */
  readonly longest: number;
}

/** Asks why, before what is kept or told with its reason. */
@Injectable({ providedIn: 'root' })
export class Reasons {
  readonly #dialog = inject(Dialog);

  /** The reason; undefined: they would rather not. */
  ask(asked: ReasonAsked): Promise<string | undefined> {
    const opened = this.#dialog.open<string>(ReasonDialog, { data: asked, role: 'dialog', ariaLabelledBy: 'reason-title', autoFocus: 'input' });
    return firstValueFrom(opened.closed, { defaultValue: undefined });
  }
}

@Component({
  selector: 'hilo-reason-dialog',
  template: `
    <form class="dialog" (submit)="done($event)">
      <div class="dialog__body">
        <h2 id="reason-title">{{ asked.title }}</h2>
        @for (line of asked.help; track line) {<p>{{ line }}</p>}
        @if (asked.usual; as usual) {<div class="filters">@for (one of usual; track one) {<button type="button" class="filter" [attr.aria-pressed]="why() === one" (click)="why.set(one)">{{ one }}</button>}</div>}
        <div class="field">
          <label for="reason-why">{{ text('why') }}</label>
          <input #box id="reason-why" class="input" [attr.maxlength]="asked.longest" autocomplete="off" [value]="why()" (input)="why.set(box.value)" [attr.aria-invalid]="missing() ? 'true' : null" aria-describedby="reason-error">
          <p class="field__error" id="reason-error" aria-live="polite">{{ missing() ? text('why.missing') : '' }}</p>
        </div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ text('action.cancel') }}</button>
        <button type="submit" class="btn" [class]="asked.danger ? 'btn--danger' : 'btn--primary'">{{ asked.action }}</button>
      </div>
    </form>
  `,
})
class ReasonDialog {
  protected readonly asked = inject<ReasonAsked>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly text = injectSharedText();
  protected readonly why = signal('');
  protected readonly missing = signal(false);

  protected done(event: Event): void {
    event.preventDefault();
    const why = this.why().trim();
    this.missing.set(why === '');
    if (why !== '') this.ref.close(why);
  }
}
