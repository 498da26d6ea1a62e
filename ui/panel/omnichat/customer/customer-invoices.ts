import { Component, computed, inject, input, signal } from '@angular/core';
import { ConversationsApi, type Customer, type CustomerInvoice } from '../../../shared/api/conversations-api';
import { newUuid } from '../../../shared/api/uuid';
import { Attempts } from '../../../shared/feedback/attempts';
import { Toasts } from '../../../shared/feedback/toasts';
import { Icon } from '../../../shared/icons/icon';
import { Moments } from '../../../shared/time/moments';
import { injectOmniText } from '../i18n/inject-text';
import { OpenTicket } from '../tickets/open-ticket';
import { MoneyAndDays } from './money-and-days';
import { SendLink } from './send-link';

/** A customer's invoices: each is sent with one click by whoever has the ticket, and where it is paid by link. */
@Component({
  selector: 'panel-customer-invoices',
  imports: [Icon, SendLink],
  template: `
    <section>
      <h3>{{ text('client.invoices') }}</h3>
      <ul class="lines">
        @for (invoice of customer().invoices; track invoice.number) {
          <li>
            <span class="icon-16"><hilo-icon name="file" /></span>
            <span class="grow"><b>{{ text('client.invoice', { number: invoice.number }) }}</b><span class="caption num">{{ words.money(invoice.amount) }} · {{ stateOf(invoice) }}</span>@if (linkOf(invoice); as link) {<span class="caption">{{ link }}</span>}</span>
            @if (mayLink(invoice)) {<panel-send-link [customer]="customer()" [conversation]="conversation()" [invoice]="invoice" />}
            @if (maySend() && invoice.id; as id) {
              <button type="button" class="btn btn--outline btn--sm" [disabled]="sending().has(id)" [attr.aria-label]="text('client.invoice.send.named', { number: invoice.number })" (click)="send(id, invoice.number)"><hilo-icon name="send" />{{ text(sending().has(id) ? 'client.invoice.sending' : 'client.invoice.send') }}</button>
            }
          </li>
        }
      </ul>
      @if (!customer().invoices.length) {<p class="caption">{{ text('client.invoices.none') }}</p>}
    </section>
  `,
  styles: `
    :host { display: contents; }
    h3 { font: var(--hilo-label-sm); color: var(--hilo-on-surface-variant); margin-bottom: 6px; }
    .lines:not(:empty) { border: 1px solid var(--hilo-outline-variant); border-radius: 8px; }
    li { display: flex; align-items: center; flex-wrap: wrap; justify-content: flex-end; gap: 6px 10px; padding: 7px 12px; font: var(--hilo-body-sm); }
    li + li { border-top: 1px solid var(--hilo-outline-variant); }
    li b { display: block; font: var(--hilo-label); }
    li .caption { display: block; }
    li .grow { min-width: 150px; }
  `,
})
export class CustomerInvoices {
  readonly customer = input.required<Customer>();
  readonly conversation = input.required<string>();
  /** The system has the documents of invoices. */
  readonly sends = input.required<boolean>();
  /** A payment platform makes links. */
  readonly links = input.required<boolean>();
  readonly #api = inject(ConversationsApi);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #open = inject(OpenTicket);
  readonly #moments = inject(Moments);
  protected readonly text = injectOmniText();
  protected readonly words = inject(MoneyAndDays);
  protected readonly maySend = computed(() => this.sends() && this.#open.isMine());
  /** Ids of the invoices that are on their way to the server. */
  protected readonly sending = signal<ReadonlySet<string>>(new Set());
  /** What went wrong half-way is asked again under the same key, and sent once. */
  readonly #keys = new Map<string, string>();

  protected stateOf({ state, dueOn, rest }: CustomerInvoice): string {
    if (state !== 'open') return this.text(`client.invoice.${state}`);
    const due = this.text(this.words.isPast(dueOn) ? 'client.invoice.overdue' : 'client.invoice.due', { day: this.words.day(dueOn) });
    return rest ? `${this.text('client.invoice.rest', { amount: this.words.money(rest) })} · ${due}` : due;
  }

  protected mayLink({ id, state }: CustomerInvoice): boolean {
    return this.links() && this.#open.isMine() && id !== undefined && state === 'open';
  }

  /** How its payment link stands; one that is over says nothing of an invoice that is paid. */
  protected linkOf({ state, link }: CustomerInvoice): string | undefined {
    if (!link || (state !== 'open' && link.state !== 'paid')) return undefined;
    return this.text(`client.link.${link.state}`, { day: this.#moments.day(link.expiresAt) });
  }

  protected async send(invoice: string, number: string): Promise<void> {
    const [customer, conversation] = [this.customer().id, this.conversation()];
    const of = `${conversation}/${invoice}`;
    const key = this.#keys.get(of) ?? newUuid();
    this.#keys.set(of, key);
    this.sending.update((all) => new Set([...all, invoice]));
    const sent = await this.#attempts.run(this.#api.sendInvoice(conversation, { customer, invoice }, key));
    this.sending.update((all) => new Set([...all].filter((one) => one !== invoice)));
    if (!sent) return;
    this.#keys.delete(of);
    this.#toasts.show({ icon: 'check', words: this.text('client.invoice.sent', { number }) });
  }
}
