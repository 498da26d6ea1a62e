import { Component, type ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectReason } from '../i18n/inject-reason';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { SimulatorError } from '../simulator/simulator-api';
import type { PastChat } from '../simulator/types';
import { World } from '../simulator/world';
import { pastMessages } from './past-text';

/** Gives a phone a chat from before it is linked: what WhatsApp then tells the linked device as history. */
@Component({
  selector: 'phone-past-form',
  imports: [Icon],
  template: `
    <dialog #dialog class="dialog" aria-labelledby="past-title">
      <form novalidate (submit)="submit($event)">
        <div class="dialog__body">
          <h2 id="past-title">{{ text('past.title') }}</h2>
          <div class="field"><label for="past-with">{{ text('past.with') }}</label>
            <select #whom id="past-with" class="input" (change)="person.set(whom.value)">
              @for (one of world.people(); track one.number) {<option [value]="one.number" [selected]="one.number === person()">{{ one.name }}</option>}
            </select></div>
          <div class="field"><label for="past-days">{{ text('past.days') }}</label>
            <input #age id="past-days" class="input num" type="number" min="0" max="3650" [value]="days()" (input)="days.set(age.valueAsNumber)"></div>
          <div class="field"><label for="past-lines">{{ text('past.lines') }}</label>
            <textarea #said id="past-lines" class="input" rows="5" [value]="lines()" (input)="lines.set(said.value)" aria-describedby="past-help"></textarea>
            <p id="past-help" class="field__help">{{ text('past.lines.help') }}</p></div>
          <p class="field__error" aria-live="polite">@if (problem(); as reason) {<hilo-icon name="alert" />{{ reason }}}</p>
        </div>
        <div class="dialog__foot">
          <button type="button" class="btn btn--outline" (click)="dialog.close()">{{ text('dialog.cancel') }}</button>
          <button type="submit" class="btn btn--primary">{{ text('past.save') }}</button>
        </div>
      </form>
    </dialog>
  `,
  styles: `:host { display: contents; } textarea { resize: vertical; }`,
})
export class PastForm {
  /** Throws SimulatorError. */
  readonly save = input.required<(chat: PastChat) => Promise<void>>();
  readonly #reason = injectReason();
  readonly #toasts = inject(Toasts);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly person = signal('');
  protected readonly days = signal(3);
  protected readonly lines = signal('');
  protected readonly problem = signal<string | undefined>(undefined);
  readonly #name = computed(() => this.world.names().get(this.person()) ?? '');

  open(): void {
    this.person.set((this.world.person() ?? this.world.people()[0])?.number ?? '');
    this.days.set(3);
    this.lines.set(this.text('past.sample'));
    this.problem.set(undefined);
    this.dialogElement().nativeElement.showModal();
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const days = this.days();
    const messages = days >= 0 && days <= 3_650 ? pastMessages(this.lines(), days, Date.now()) : [];
    if (messages.length === 0) return this.problem.set(this.text('past.missing'));
    try {
      await this.save()({ with: this.person(), messages });
      this.dialogElement().nativeElement.close();
      this.#toasts.show(this.text('past.done', { name: this.#name(), count: messages.length }));
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.problem.set(this.#reason(error));
    }
  }
}
