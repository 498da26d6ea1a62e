import { Component, inject, output, signal } from '@angular/core';
import { type FoundPayers, ReceiptsApi } from '../../shared/api/receipts-api';
import { Attempts } from '../../shared/feedback/attempts';
import { injectReceiptText } from './i18n/inject-text';

/** Looks up whose payment it is, in the customer book or in the ISP's system. */
@Component({
  selector: 'receipts-customer-choice',
  template: `
    <form (submit)="search($event)">
      <div class="field">
        <label for="whose">{{ text('customer.search') }}</label>
        <div class="row"><input #box id="whose" class="input input--sm" autocomplete="off" [placeholder]="text('customer.byWords')"><button type="submit" class="btn btn--outline btn--sm" (click)="words.set(box.value)">{{ text('customer.search') }}</button></div>
      </div>
    </form>
    @if (found(); as answer) {
      @if (answer.unavailable) {<p class="caption">{{ text('customer.away') }}</p>}
      <ul>
        @for (one of answer.items; track one.id) {<li><button type="button" class="btn btn--text" (click)="chosen.emit(one)">{{ one.name }}@if (one.number) { · {{ one.number }}}</button>@if (one.detail) {<span class="caption">{{ one.detail }}</span>}</li>}
        @empty {@if (!answer.unavailable) {<li class="caption">{{ text('customer.none') }} @if (!answer.byWords) {({{ text('customer.byDocument') }})}</li>}}
      </ul>
    }
  `,
  styles: `:host { display: block; } li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; } .btn--text { white-space: normal; text-align: left; }`,
})
export class CustomerChoice {
  readonly chosen = output<FoundPayers['items'][number]>();
  readonly #api = inject(ReceiptsApi);
  readonly #attempts = inject(Attempts);
  protected readonly text = injectReceiptText();
  protected readonly words = signal('');
  protected readonly found = signal<FoundPayers | undefined>(undefined);

  protected async search(event: Event): Promise<void> {
    event.preventDefault();
    const words = this.words().trim();
    if (words.length < 2) return;
    const answer = await this.#attempts.run(this.#api.customers(words));
    if (answer) this.found.set(answer.done);
  }
}
