import { Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type BookInvoice, CustomersApi } from '../../shared/api/customers-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Toasts } from '../../shared/feedback/toasts';
import { Reasons } from '../../shared/feedback/reason-dialog';
import { Icon } from '../../shared/icons/icon';
import { CurrentSession } from '../../shared/session/current-session';
import { BookFormat } from './book-format';
import { injectBookText } from './i18n/inject-text';
import { invoiceLook, stateOf } from './looks';
import { saveFile } from './save-file';

/** Invoices with what can be done with each: its PDF, and cancelling it. */
@Component({
  selector: 'customers-invoice-table',
  imports: [Icon, RouterLink],
  template: `
    <table class="table">
      <thead><tr><th>{{ text('number') }}</th>@if (withCustomer()) {<th>{{ text('customer') }}</th>}<th class="wide">{{ text('due') }}</th><th class="r">{{ text('amount') }}</th><th>{{ text('state') }}</th><th><span class="sr">{{ text('actions') }}</span></th></tr></thead>
      <tbody>
        @for (one of invoices(); track one.id) {
          <tr>
            <td class="num">{{ one.number }}@if (one.period) {<small class="due">{{ format.month(one.period) }}</small>}</td>
            @if (withCustomer()) {<td><a [routerLink]="['/customers', one.customer.id]" [queryParams]="{ tab: 'invoices' }">{{ one.customer.name }}</a></td>}
            <td class="wide num">{{ format.day(one.dueOn) }}</td>
            <td class="r num">{{ format.money(one.amount, one.currency) }}@if (one.state !== 'paid' && one.state !== 'cancelled' && one.rest !== one.amount) {<small class="due">{{ text('rest', { amount: format.money(one.rest, one.currency) }) }}</small>}</td>
            <td><span class="state" [class]="look[state(one)].tone"><hilo-icon [name]="look[state(one)].icon" />{{ nameOf(one) }}</span></td>
            <td class="actions-cell">
              <button type="button" class="iconbtn" [attr.aria-label]="text('pdf.of', { number: one.number })" (click)="download(one)"><hilo-icon name="download" /></button>
              @if (mayManage && (one.state === 'open' || one.state === 'in-review') && one.rest === one.amount) {<button type="button" class="iconbtn" [attr.aria-label]="text('invoice.cancel.of', { number: one.number })" (click)="cancel(one)"><hilo-icon name="slash" /></button>}
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `.due { display: block; font: var(--hilo-caption); color: var(--hilo-on-surface-variant); } .r { text-align: right; } .actions-cell { white-space: nowrap; text-align: right; } @media (max-width: 720px) { .wide { display: none; } .table th, .table td { padding: 4px 6px; } }`,
})
export class InvoiceTable {
  readonly invoices = input.required<readonly BookInvoice[]>();
  readonly withCustomer = input(false);
  /** Something of them is not as it was. */
  readonly changed = output();
  readonly #api = inject(CustomersApi);
  readonly #attempts = inject(Attempts);
  readonly #reasons = inject(Reasons);
  readonly #toasts = inject(Toasts);
  protected readonly format = inject(BookFormat);
  protected readonly text = injectBookText();
  protected readonly look = invoiceLook;
  protected readonly state = stateOf;
  protected readonly mayManage = inject(CurrentSession).can('customers.manage');

  protected nameOf(invoice: BookInvoice): string {
    return this.text(`invoice.${stateOf(invoice)}`);
  }

  protected async download({ id, number }: BookInvoice): Promise<void> {
    const pdf = await this.#attempts.run(this.#api.invoiceDocument(id));
    if (pdf) saveFile(pdf.done, `resumen-${number}.pdf`);
  }

  protected async cancel({ id, number }: BookInvoice): Promise<void> {
    const why = await this.#reasons.ask({ title: this.text('invoice.cancel.title', { number }), help: [this.text('invoice.cancel.then')], action: this.text('invoice.cancel'), danger: true, longest: 300 });
    if (why === undefined || !(await this.#attempts.run(this.#api.cancelInvoice(id, why)))) return;
    this.#toasts.show({ icon: 'check', words: this.text('invoice.cancel.done', { number }) });
    this.changed.emit();
  }
}
