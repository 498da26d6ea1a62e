import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { type BookCustomer, type BookPlan, type BookService, CustomersApi } from '../../shared/api/customers-api';
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
  plan: string;
  number: string;
  address: string;
  installedOn: string;
  price: string;
  ip: string;
  onuSerial: string;
  notes: string;
}

const draftOf = (service: BookService | undefined, customer: BookCustomer | undefined): Draft => ({
  plan: service?.plan.id ?? '', number: service?.number ?? '', address: service ? (service.address ?? '') : (customer?.address ?? ''), installedOn: service ? (service.installedOn ?? '') : today(),
  price: service?.ownPrice ? typedAmount(service.ownPrice) : '', ip: service?.ip ?? '', onuSerial: service?.onuSerial ?? '', notes: service?.notes ?? '',
});

/** A new service of a customer, or another plan, address or price of one. */
@Component({
  selector: 'customers-service-sheet',
  imports: [...formPieces, SideSheet],
  templateUrl: './service-sheet.html',
  styleUrl: '../people/sheet.css',
})
export class ServiceSheet implements Unsaved {
  readonly id = input.required<string>();
  /** Of the service, or `new`. */
  readonly service = input.required<string>();
  readonly #api = inject(CustomersApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly format = inject(BookFormat);
  protected readonly text = injectBookText();
  protected readonly shared = injectSharedText();
  protected readonly customer = signal<BookCustomer | undefined>(undefined);
  protected readonly plans = signal<readonly BookPlan[]>([]);
  protected readonly found = computed(() => this.customer()?.services.find(({ id }) => id === this.service()));
  protected readonly onSale = computed(() => this.plans().filter(({ id, active }) => active || id === this.found()?.plan.id));
  protected readonly draft = linkedSignal<Draft>(() => draftOf(this.found(), this.customer()));
  protected readonly form = form(this.draft, (path) => {
    required(path.plan, { message: () => this.text('plan.missing') });
    validate(path.price, ({ value }) => (value().trim() === '' || amountOf(value()) ? undefined : { kind: 'amount', message: this.text('amount.wrong') }));
  });
  #isDone = false;

  constructor() {
    warnBeforeUnload(this);
    queueMicrotask(() => void this.#load());
  }

  async #load(): Promise<void> {
    const [plans, customer] = await Promise.all([this.#api.plans(), this.#api.customer(this.id())]);
    this.plans.set(plans);
    this.customer.set(customer);
  }

  isChanged(): boolean {
    return !this.#isDone && JSON.stringify(this.draft()) !== JSON.stringify(draftOf(this.found(), this.customer()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        await this.#send();
        this.#isDone = true;
        this.#toasts.show({ icon: 'check', words: this.text('saved') });
        this.close();
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: error.code === 'service-number-taken' ? field.number : field.plan };
      }
    });
  }

  async #send(): Promise<void> {
    const { number, price, installedOn, ...rest } = this.draft();
    const body = { ...rest, ...(number.trim() === '' ? {} : { number: number.trim() }), price: amountOf(price) ?? null, installedOn: installedOn || null };
    const found = this.found();
    if (found) await this.#api.changeService(found.id, { ...body, version: found.version });
    else await this.#api.createService({ ...body, customer: this.id() });
  }

  protected close(): void {
    void this.#router.navigate(['/customers', this.id()], { queryParamsHandling: 'preserve' });
  }
}
