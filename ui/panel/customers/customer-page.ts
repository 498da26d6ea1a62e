import { Component, computed, inject, input } from '@angular/core';
import { ActivatedRoute, Router, RouterLink, RouterOutlet } from '@angular/router';
import { toSignal } from '@angular/core/rxjs-interop';
import { type BookPayment, type BookService, CustomersApi, type ServiceMove } from '../../shared/api/customers-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Empty, Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Reasons } from '../../shared/feedback/reason-dialog';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import type { Change } from '../../shared/push/change';
import { CurrentSession } from '../../shared/session/current-session';
import { Moments } from '../../shared/time/moments';
import { showNumber } from '../link/phone-digits';
import { injectPageTitle } from '../shell/page-title';
import { BookFormat } from './book-format';
import { BookNav } from './book-nav';
import { injectBookText } from './i18n/inject-text';
import { activityName } from './activity-name';
import { InvoiceTable } from './invoice-table';
import { customerLook } from './looks';

const tabs = ['services', 'invoices', 'payments', 'activity'] as const;
const follows = ({ topic }: Change): boolean => topic === 'customer' || topic === 'receipt';

/** One customer: what they have, owe and paid, and who did what about them. */
@Component({
  selector: 'customers-customer-page',
  imports: [BookNav, Empty, Failed, Icon, InvoiceTable, RouterLink, RouterOutlet, Skeleton],
  templateUrl: './customer-page.html',
  styleUrls: ['../people/list-page.css', './book.css'],
})
export class CustomerPage {
  readonly id = input.required<string>();
  readonly #api = inject(CustomersApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #reasons = inject(Reasons);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  protected readonly format = inject(BookFormat);
  protected readonly moments = inject(Moments);
  protected readonly text = injectBookText();
  protected readonly tabs = tabs;
  protected readonly look = customerLook;
  protected readonly phone = showNumber;
  protected readonly mayManage = inject(CurrentSession).can('customers.manage');
  protected readonly tab = computed(() => tabs.find((one) => one === this.#params().get('tab')) ?? 'services');
  protected readonly customer = injectLive(() => this.#api.customer(this.id()), follows);
  protected readonly invoices = injectLive(() => this.#api.invoices({ customer: this.id(), size: 100 }), follows);
  protected readonly payments = injectLive(() => this.#api.payments({ customer: this.id(), size: 100 }), follows);
  protected readonly activity = injectLive(() => this.#api.activity(this.id()), follows);

  constructor() {
    injectPageTitle(() => this.customer.value()?.name ?? this.text('customer'));
  }

  protected actionName(action: string): string {
    const name = activityName(action);
    return name ? this.text(name) : action;
  }

  protected choose(tab: (typeof tabs)[number]): void {
    void this.#router.navigate([], { queryParams: { tab: tab === 'services' ? null : tab }, replaceUrl: true });
  }

  /** With the arrows, as tabs are. */
  protected step(event: Event, by: number): void {
    event.preventDefault();
    const next = tabs[(tabs.indexOf(this.tab()) + by + tabs.length) % tabs.length]!;
    this.choose(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  protected async move(service: BookService, move: ServiceMove): Promise<void> {
    const wanted = move === 'reactivate' || (await this.#confirm.ask({
      title: this.text(`service.${move}.title`, { number: service.number }), consequences: [{ icon: 'info', words: this.text(`service.${move}.then`) }],
      action: this.text(`service.${move}`), danger: true,
    }));
    if (!wanted || !(await this.#attempts.run(this.#api.moveService(service, move)))) return;
    this.#toasts.show({ icon: 'check', words: this.text('saved') });
    await this.customer.reload();
  }

  protected async setCancelled(cancelled: boolean): Promise<void> {
    const customer = this.customer.value();
    if (!customer) return;
    const wanted = !cancelled || (await this.#confirm.ask({
      title: this.text('customer.cancel.title', { name: customer.name }), action: this.text('customer.cancel'), danger: true,
      consequences: [{ icon: 'slash', words: this.text('customer.cancel.services') }, { icon: 'wallet', words: this.text('customer.cancel.owed') }],
    }));
    if (wanted && (await this.#attempts.run(this.#api.setCancelled(customer, cancelled)))) await this.customer.reload();
  }

  protected async reverse(payment: BookPayment): Promise<void> {
    const why = await this.#reasons.ask({ title: this.text('payment.reverse.title', { reference: payment.reference }), help: [this.text('payment.reverse.then')], action: this.text('payment.reverse'), danger: true, longest: 300 });
    if (why === undefined || !(await this.#attempts.run(this.#api.reversePayment(payment.id, why)))) return;
    this.#toasts.show({ icon: 'undo', words: this.text('payment.reversed') });
    await Promise.all([this.payments.reload(), this.customer.reload(), this.invoices.reload()]);
  }
}
