import { Component, computed, inject, input, signal } from '@angular/core';
import { ConversationsApi, type Customer, type CustomerInvoice } from '../../../shared/api/conversations-api';
import { newUuid } from '../../../shared/api/uuid';
import { Attempts } from '../../../shared/feedback/attempts';
import { Confirm } from '../../../shared/feedback/confirm';
import { Toasts } from '../../../shared/feedback/toasts';
import { Icon } from '../../../shared/icons/icon';
import { injectOmniText } from '../i18n/inject-text';
import { MoneyAndDays } from './money-and-days';

/** "Enviar link de pago" of one invoice, after a look at which one and how much. */
@Component({
  selector: 'panel-send-link',
  imports: [Icon],
  template: `<button type="button" class="btn btn--outline btn--sm" [disabled]="sending()" [attr.aria-label]="text('client.link.send.named', { number: invoice().number })" (click)="send()"><hilo-icon name="link" />{{ text(sending() ? 'client.invoice.sending' : 'client.link.send') }}</button>`,
  styles: ':host { display: contents; }',
})
export class SendLink {
  readonly customer = input.required<Customer>();
  readonly conversation = input.required<string>();
  /** One that is open, and that the system has an id for. */
  readonly invoice = input.required<CustomerInvoice>();
  readonly #api = inject(ConversationsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #words = inject(MoneyAndDays);
  protected readonly text = injectOmniText();
  protected readonly sending = signal(false);
  readonly #owed = computed(() => this.invoice().rest ?? this.invoice().amount);
  /** What went wrong half-way is asked again under the same key, and sent once. */
  #unfinished: { of: string; key: string } | undefined;

  protected async send(): Promise<void> {
    const [{ id: customer }, conversation, { id: invoice, number, link }, amount] = [this.customer(), this.conversation(), this.invoice(), this.#owed()];
    if (invoice === undefined) return;
    const isThere = link?.state === 'pending' && link.amount.amount === amount.amount && link.amount.currency === amount.currency;
    const isWanted = await this.#confirm.ask({
      title: this.text('client.link.ask', { number, amount: this.#words.money(amount) }), action: this.text('client.link.ask.send'),
      consequences: [
        { icon: 'send', words: this.text('client.link.ask.chat', { name: this.customer().name }) },
        { icon: 'link', words: this.text(isThere ? 'client.link.ask.same' : 'client.link.ask.new') },
      ],
    });
    if (!isWanted) return;
    const of = [conversation, customer, invoice, amount.amount].join('/');
    if (this.#unfinished?.of !== of) this.#unfinished = { of, key: newUuid() };
    this.sending.set(true);
    const sent = await this.#attempts.run(this.#api.sendLink(conversation, { customer, invoice, amount }, this.#unfinished.key));
    this.sending.set(false);
    if (!sent) return;
    this.#unfinished = undefined;
    this.#toasts.show({ icon: 'check', words: this.text('client.link.sent', { number }) });
  }
}
