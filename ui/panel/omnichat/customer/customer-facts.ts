import { Component, computed, inject, input, output } from '@angular/core';
import type { Customer, CustomerPanel } from '../../../shared/api/conversations-api';
import { es } from '../i18n/es';
import { injectOmniText } from '../i18n/inject-text';
import { CustomerAccount } from './customer-account';
import { CustomerInvoices } from './customer-invoices';
import { CustomerServices } from './customer-services';
import { PhoneNumbers } from './phone-numbers';

/** What the ISP's system says of a customer, in the groups and the order that the company chose (Info Cliente). */
@Component({
  selector: 'panel-customer-facts',
  imports: [CustomerAccount, CustomerInvoices, CustomerServices],
  template: `
    @for (group of panel().layout; track group.group) {
      @if (group.fields.length) {
        @switch (group.group) {
          @case ('connection') {<panel-customer-services part="connection" [fields]="group.fields" [services]="customer().services" [asOf]="panel().asOf" [checking]="checking()" (check)="check.emit()" />}
          @case ('service') {<panel-customer-services part="service" [fields]="group.fields" [services]="customer().services" [asOf]="panel().asOf" />}
          @case ('account') {<panel-customer-account [customer]="customer()" [shown]="setOf(group.fields)" />}
          @case ('invoices') {<panel-customer-invoices [customer]="customer()" [conversation]="conversation()" [sends]="panel().sendsInvoices" [links]="panel().sendsLinks" />}
          @case ('tickets') {}
          @default {
            @let facts = factsOf(group.fields);
            @if (facts.length) {<dl class="dl">@for (fact of facts; track fact.name) {<dt>{{ fact.name }}</dt><dd>{{ fact.value }}</dd>}</dl>}
          }
        }
      }
    }
  `,
  styles: ':host { display: contents; }',
})
export class CustomerFacts {
  readonly panel = input.required<CustomerPanel>();
  readonly customer = input.required<Customer>();
  readonly conversation = input.required<string>();
  readonly checking = input(false);
  readonly check = output();
  protected readonly text = injectOmniText();
  readonly #phones = inject(PhoneNumbers);
  readonly #values = computed<Record<string, [string, string | undefined]>>(() => {
    const { document, status, phones, email, address } = this.customer();
    const key = `service.${status}`;
    return {
      document: [this.text('client.document'), document],
      status: [this.text('client.state'), key in es ? this.text(key as keyof typeof es) : undefined],
      phones: [this.text('client.phones'), phones?.map((phone) => this.#phones.text(phone)).join(', ')],
      email: [this.text('client.email'), email],
      address: [this.text('client.home'), address],
    };
  });

  protected readonly setOf = (fields: readonly string[]): ReadonlySet<string> => new Set(fields);

  /** Those that the system told; name and number are in the pane's head. */
  protected factsOf(fields: readonly string[]): { name: string; value: string }[] {
    return fields.flatMap((field) => {
      const [name, value] = this.#values()[field] ?? [];
      return name === undefined || value === undefined || value === '' ? [] : [{ name, value }];
    });
  }
}
