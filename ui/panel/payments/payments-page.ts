import { Component, inject, signal } from '@angular/core';
import { PaymentsApi, type PaymentMethod } from '../../shared/api/payments-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { SettingsPage } from '../settings/settings-page';
import { injectPaymentsText } from './i18n/inject-text';
import { MercadoPagoKeys } from './mercadopago-keys';
import { MethodForm, type Edited } from './method-form';

/** How customers can pay: MercadoPago, accounts for transfers and other ways, with their names, their order and who sees them. */
@Component({
  selector: 'payments-page',
  imports: [Failed, Icon, MercadoPagoKeys, MethodForm, SettingsPage, Skeleton],
  templateUrl: './payments-page.html',
  styleUrl: './payments-page.css',
})
export class PaymentsPage {
  readonly #api = inject(PaymentsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  protected readonly text = injectPaymentsText();
  protected readonly settings = injectLive(() => this.#api.read(), ({ topic }) => topic === 'payment-method');
  protected readonly edited = signal<Edited | undefined>(undefined);

  /** What tells one account from another. */
  protected readonly lineOf = ({ kind, alias, number, holder, text }: PaymentMethod): string =>
    kind === 'transfer' ? [alias, number, holder].filter((part) => part !== undefined).join(' · ') : text;

  protected async end(isSaved: boolean): Promise<void> {
    this.edited.set(undefined);
    if (!isSaved) return;
    this.#toasts.show({ icon: 'check', words: this.text('saved') });
    await this.settings.reload();
  }

  protected async show(method: PaymentMethod, visible: boolean): Promise<void> {
    const { id, kind, name, text, holder = '', ...account } = method;
    const body = kind === 'transfer' ? { ...account, kind, name, holder, visible } : kind === 'other' ? { kind, name, text, visible } : { kind, name, visible };
    if (await this.#attempts.run(this.#api.change(id, body))) await this.settings.reload();
  }

  protected async move(at: number, by: 1 | -1): Promise<void> {
    const ids = this.settings.value()!.methods.map(({ id }) => id);
    [ids[at], ids[at + by]] = [ids[at + by]!, ids[at]!];
    if (await this.#attempts.run(this.#api.order(ids))) await this.settings.reload();
  }

  protected async remove({ id, name, kind }: PaymentMethod): Promise<void> {
    const isWanted = await this.#confirm.ask({
      title: this.text('remove.title', { name }), action: this.text('remove'), danger: true,
      consequences: [...(kind === 'transfer' ? [{ icon: 'receipt', words: this.text('remove.account') } as const] : []), { icon: 'eyeoff', words: this.text('remove.customers') }],
    });
    if (!isWanted || !(await this.#attempts.run(this.#api.remove(id)))) return;
    this.edited.set(undefined);
    this.#toasts.show({ icon: 'trash', words: this.text('removed') });
    await this.settings.reload();
  }
}
