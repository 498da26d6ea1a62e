import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { form, maxLength, required, submit } from '@angular/forms/signals';
import { PaymentsApi, type PaymentMethod } from '../../shared/api/payments-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { formPieces } from '../../shared/forms/field';
import { injectPaymentsText } from './i18n/inject-text';

/** What is edited: one that is there, or a new one of a kind. */
export type Edited = PaymentMethod | { readonly kind: 'transfer' | 'other'; readonly id?: undefined };

const fields = ['number', 'alias', 'document'] as const;

/** One way to pay, or a new one. The server says which of an account's digits cannot be. */
@Component({
  selector: 'payments-method-form',
  imports: [...formPieces],
  template: `
    <form novalidate (submit)="save($event)">
      <hilo-field [of]="form.name" [label]="text('name')"><input class="input" autocomplete="off" [formField]="form.name"></hilo-field>
      @switch (method().kind) {
        @case ('transfer') {
          <hilo-field [of]="form.holder" [label]="text('holder')"><input class="input" autocomplete="off" [formField]="form.holder"></hilo-field>
          <hilo-field [of]="form.number" [label]="text('number')"><input class="input" autocomplete="off" inputmode="numeric" [formField]="form.number"></hilo-field>
          <hilo-field [of]="form.alias" [label]="text('alias')"><input class="input" autocomplete="off" autocapitalize="none" [formField]="form.alias"></hilo-field>
          <hilo-field [of]="form.document" [label]="text('document')"><input class="input" autocomplete="off" [formField]="form.document"></hilo-field>
          <hilo-field [of]="form.bank" [label]="text('bank')"><input class="input" autocomplete="off" [formField]="form.bank"></hilo-field>
        }
        @case ('other') {<hilo-field [of]="form.text" [label]="text('instructions')"><textarea class="input" rows="4" [formField]="form.text"></textarea></hilo-field>}
      }
      @for (error of form().errors(); track error) {<p class="notice notice--bad" role="alert">{{ error.message }}</p>}
      <div class="actions">
        <button type="submit" class="btn btn--primary" [disabled]="form().submitting()">{{ text('save') }}</button>
        <button type="button" class="btn btn--text" (click)="finished.emit(false)">{{ text('cancel') }}</button>
      </div>
    </form>
  `,
  styles: `form { display: flex; flex-direction: column; gap: 12px; max-width: 520px; margin-top: 12px; } .actions { display: flex; gap: 8px; flex-wrap: wrap; }`,
})
export class MethodForm {
  readonly method = input.required<Edited>();
  /** Whether it was saved. */
  readonly finished = output<boolean>();
  readonly #api = inject(PaymentsApi);
  readonly #problemText = injectProblemText();
  protected readonly text = injectPaymentsText();
  readonly #saved = computed(() => {
    const method: Partial<PaymentMethod> = this.method();
    return { name: method.name ?? '', holder: method.holder ?? '', number: method.number ?? '', alias: method.alias ?? '', document: method.document ?? '', bank: method.bank ?? '', text: method.text ?? '' };
  });
  readonly #draft = linkedSignal(() => this.#saved());
  protected readonly form = form(this.#draft, (path) => {
    required(path.name, { message: () => this.text('name.missing') });
    maxLength(path.name, 60);
    required(path.holder, { message: () => this.text('holder.missing'), when: () => this.method().kind === 'transfer' });
    required(path.text, { message: () => this.text('instructions.missing'), when: () => this.method().kind === 'other' });
    maxLength(path.text, 1_000);
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      try {
        await this.#send();
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#wordsOf(error) };
      }
      this.finished.emit(true);
      return undefined;
    });
  }

  #send(): Promise<PaymentMethod> {
    const { name, holder, number, alias, document, bank, text } = this.#draft();
    const { kind, id } = this.method();
    const visible = id === undefined || (this.method() as PaymentMethod).visible;
    if (kind === 'mercadopago') return this.#api.change(id, { kind, name, visible });
    const body = kind === 'transfer' ? { kind, name, visible, holder, number, alias, document, bank } as const : { kind, name, visible, text } as const;
    return id === undefined ? this.#api.create(body) : this.#api.change(id, body);
  }

  #wordsOf(problem: ApiProblem): string {
    const { fields: named } = problem.fields;
    const wrong = fields.filter((field) => Array.isArray(named) && named.includes(field));
    return problem.code === 'account-invalid' && wrong.length > 0 ? wrong.map((field) => this.text(`wrong.${field}`)).join(' ') : this.#problemText(problem);
  }
}
