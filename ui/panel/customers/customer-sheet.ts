import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, required, submit } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { type BookCustomer, CustomersApi } from '../../shared/api/customers-api';
import { ApiProblem } from '../../shared/api/problem';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { injectSharedText } from '../../shared/feedback/inject-text';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { type Unsaved, warnBeforeUnload } from '../../shared/forms/leave-guard';
import { SideSheet } from '../../shared/list/side-sheet';
import { customerBodyOf, type CustomerDraft, customerDraftOf } from './customer-draft';
import { injectBookText } from './i18n/inject-text';

const places = { 'phone-unreadable': 'phones', 'document-taken': 'document', 'customer-number-taken': 'number' } as const;

/** A new customer, or another name, phone or address of one. */
@Component({
  selector: 'customers-customer-sheet',
  imports: [...formPieces, SideSheet],
  templateUrl: './customer-sheet.html',
  styleUrl: '../people/sheet.css',
})
export class CustomerSheet implements Unsaved {
  /** Of the customer; absent: a new one. */
  readonly id = input<string>();
  readonly #api = inject(CustomersApi);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly text = injectBookText();
  protected readonly shared = injectSharedText();
  protected readonly customer = signal<BookCustomer | undefined>(undefined);
  protected readonly draft = linkedSignal<CustomerDraft>(() => customerDraftOf(this.customer()));
  protected readonly isReady = computed(() => this.id() === undefined || this.customer() !== undefined);
  protected readonly form = form(this.draft, (path) => {
    required(path.name, { message: () => this.text('name.missing') });
  });
  #isDone = false;

  constructor() {
    warnBeforeUnload(this);
    queueMicrotask(() => void this.#load());
  }

  async #load(): Promise<void> {
    const id = this.id();
    if (id !== undefined) this.customer.set(await this.#api.customer(id));
  }

  isChanged(): boolean {
    return !this.#isDone && JSON.stringify(this.draft()) !== JSON.stringify(customerDraftOf(this.customer()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        const body = customerBodyOf(this.draft());
        const before = this.customer();
        const saved = before ? await this.#api.changeCustomer(before.id, { ...body, version: before.version }) : await this.#api.createCustomer(body);
        this.#isDone = true;
        this.#toasts.show({ icon: 'check', words: this.text('saved') });
        await this.#router.navigate(['/customers', saved.id]);
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const place = places[error.code as keyof typeof places] ?? 'name';
        return { kind: 'server', message: this.#problemText(error), fieldTree: field[place] };
      }
    });
  }

  protected close(): void {
    void this.#router.navigate(this.id() === undefined ? ['/customers'] : ['/customers', this.id()], { queryParamsHandling: 'preserve' });
  }
}
