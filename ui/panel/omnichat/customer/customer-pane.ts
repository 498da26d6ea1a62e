import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ConversationsApi, type Customer, type CustomerPanel } from '../../../shared/api/conversations-api';
import type { TicketEvent } from '../../../shared/api/tickets-api';
import { injectSharedText } from '../../../shared/feedback/inject-text';
import { Failed, Skeleton } from '../../../shared/feedback/states';
import { Icon } from '../../../shared/icons/icon';
import { injectLive } from '../../../shared/push/live-value';
import { Moments } from '../../../shared/time/moments';
import { es } from '../i18n/es';
import { injectOmniText } from '../i18n/inject-text';
import { OpenTicket } from '../tickets/open-ticket';
import { ContactMerges } from './contact-merges';
import { CustomerFacts } from './customer-facts';
import { PhoneNumbers } from './phone-numbers';

/** Who writes: what the ISP's system knows of them, their earlier tickets, and the trail of this one. */
@Component({
  selector: 'panel-customer-pane',
  imports: [ContactMerges, CustomerFacts, Failed, Icon, RouterLink, Skeleton],
  templateUrl: './customer-pane.html',
  styleUrl: './customer-pane.css',
})
export class CustomerPane {
  readonly #api = inject(ConversationsApi);
  protected readonly open = inject(OpenTicket);
  protected readonly moments = inject(Moments);
  protected readonly phones = inject(PhoneNumbers);
  protected readonly text = injectOmniText();
  protected readonly shared = injectSharedText();
  protected readonly ticket = computed(() => (this.open.gone() ? undefined : this.open.item()));
  readonly #conversation = computed(() => this.ticket()?.conversation);
  /** Read when a ticket is opened, when a payment link of this chat changes, and when somebody asks to check again: the ISP's system is not ours to poll. */
  protected readonly live = injectLive<{ conversation?: string; panel?: CustomerPanel }>(async () => {
    const conversation = this.#conversation();
    return conversation ? { conversation, panel: await this.#api.customer(conversation) } : {};
  }, ({ topic, conversation }) => topic === 'payment-link' && conversation === this.#conversation());
  protected readonly panel = computed(() => (this.live.value()?.conversation === this.#conversation() ? this.live.value()?.panel : undefined));
  readonly #chosen = signal<string | undefined>(undefined);
  /** The customer that is shown: one number may be of several. */
  protected readonly one = computed<Customer | undefined>(() => {
    const customers = this.panel()?.customers ?? [];
    return customers.find(({ number }) => number === this.#chosen()) ?? customers[0];
  });

  /** While it is not known what the company shows, nothing is left out. */
  protected readonly showsEarlier = computed(() => this.shows('earlier-tickets'));

  protected shows(field: string): boolean {
    const layout = this.panel()?.layout;
    return layout === undefined || layout.some(({ fields }) => (fields as readonly string[]).includes(field));
  }

  protected choose(event: Event): void {
    this.#chosen.set((event.target as HTMLSelectElement).value);
  }

  protected eventWords({ kind, actor, to }: TicketEvent): string {
    const key = `event.${kind}`;
    return this.text(key in es ? (key as keyof typeof es) : 'event.other', { who: actor?.name ?? this.text('someone'), to: to?.name ?? '—' });
  }
}
