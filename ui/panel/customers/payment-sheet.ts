import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { type BookCustomer, type BookInvoice, CustomersApi } from '../../shared/api/customers-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { SideSheet } from '../../shared/list/side-sheet';
import { amountOf, typedAmount } from './amounts';
import { BookFormat, today } from './book-format';
import { injectBookText } from './i18n/inject-text';

interface Draft {
  /** '' : to the account, earliest due date first. */
  invoice: string;
  amount: string;
  method: string;
  reference: string;
  paidOn: string;
  reactivate: boolean;
}

/** Writes down what a customer paid: whole or in part, of one invoice or of what is due first. */
@Component({
  selector: 'customers-payment-sheet',
  imports: [...formPieces, SideSheet],
  templateUrl: './payment-sheet.html',
  styleUrl: '../people/sheet.css',
})
export class PaymentSheet implements Unsaved {
  readonly id = input.required<string>();
  readonly #api = inject(CustomersApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly format = inject(BookFormat);
  protected readonly text = injectBookText();
  protected readonly shared = injectSharedText();
  protected readonly customer = signal<BookCustomer | undefined>(undefined);
  protected readonly owed = signal<readonly BookInvoice[]>([]);
  protected readonly isSuspended = computed(() => this.customer()?.services.some(({ status }) => status === 'suspended') ?? false);
  readonly #first = computed((): Draft => ({
    invoice: '', amount: Number(this.customer()?.owed ?? 0) > 0 ? typedAmount(this.customer()!.owed) : '', method: this.text('method.transfer'), reference: '', paidOn: today(), reactivate: false,
  }));
  protected readonly draft = linkedSignal<Draft>(() => this.#first());
  protected readonly form = form(this.draft, (path) => {
    validate(path.amount, ({ value }) => (Number(amountOf(value()) ?? 0) > 0 ? undefined : { kind: 'amount', message: this.text('amount.wrong') }));
    required(path.method, { message: () => this.text('method.missing') });
    required(path.reference, { message: () => this.text('reference.missing') });
    required(path.paidOn, { message: () => this.text('day.missing') });
  });
  #isDone = false;

  constructor() {
    warnBeforeUnload(this);
    queueMicrotask(() => void this.#load());
  }

  async #load(): Promise<void> {
    const [customer, { items }] = await Promise.all([this.#api.customer(this.id()), this.#api.invoices({ customer: this.id(), filter: 'owed', size: 100 })]);
    this.owed.set(items);
    this.customer.set(customer);
  }

  isChanged(): boolean {
    return !this.#isDone && JSON.stringify(this.draft()) !== JSON.stringify(this.#first());
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        const { invoice, amount, ...rest } = this.draft();
        await this.#api.pay({ ...rest, customer: this.id(), amount: amountOf(amount)!, ...(invoice === '' ? {} : { invoice }) });
        this.#isDone = true;
        this.#toasts.show({ icon: 'check', words: this.text('payment.saved') });
        this.close();
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: error.code === 'reference-taken' || error.code === 'payment-reversed' ? field.reference : field.amount };
      }
    });
  }

  protected close(): void {
    void this.#router.navigate(['/customers', this.id()], { queryParams: { tab: 'payments' } });
  }
}
