import { Component, computed, inject, input, output, signal } from '@angular/core';
import { form, required, submit } from '@angular/forms/signals';
import { PaymentsApi, type PaymentPlatform, type PaymentPlatformKeys, type PaymentPlatformTest } from '../../shared/api/payments-api';
import { ApiProblem } from '../../shared/api/problem';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { SecretField } from '../../shared/forms/secret-field';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { CopiedText } from '../gateway/copied-text';
import { injectPaymentsText } from './i18n/inject-text';

/** The company's account at MercadoPago: its keys, where its notifications go, and whether it works. */
@Component({
  selector: 'payments-mercadopago-keys',
  imports: [...formPieces, CopiedText, Icon, SecretField],
  templateUrl: './mercadopago-keys.html',
  styles: `
    h2 { font: var(--hilo-title-sm); }
    form { display: flex; flex-direction: column; gap: 12px; max-width: 620px; margin-top: 12px; }
    .actions { display: flex; gap: 8px; flex-wrap: wrap; }
    .facts { display: flex; gap: 4px 16px; flex-wrap: wrap; margin-top: 8px; font: var(--hilo-body-sm); color: var(--hilo-on-surface-variant); }
  `,
})
export class MercadoPagoKeys {
  readonly saved = input<PaymentPlatform>();
  readonly changed = output();
  readonly #api = inject(PaymentsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly moments = inject(Moments);
  protected readonly text = injectPaymentsText();
  protected readonly tested = signal<PaymentPlatformTest | undefined>(undefined);
  readonly #draft = signal<{ token: string | null; secret: string | null }>({ token: null, secret: null });
  protected readonly savedSecret = computed(() => (this.saved()?.hasSecret ? '' : undefined));
  protected readonly form = form(this.#draft, (path) => {
    required(path.token, { message: () => this.text('mp.token.missing'), when: () => this.saved() === undefined });
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      try {
        await this.#api.saveMercadoPago(this.#typed());
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error) };
      }
      this.#draft.set({ token: null, secret: null });
      this.form().reset();
      this.tested.set(undefined);
      this.#toasts.show({ icon: 'check', words: this.text('mp.saved') });
      this.changed.emit();
      return undefined;
    });
  }

  protected async test(): Promise<void> {
    this.tested.set(undefined);
    const { accessToken } = this.#typed();
    const answered = await this.#attempts.run(this.#api.testMercadoPago(accessToken === undefined ? {} : { accessToken }));
    if (answered) this.tested.set(answered.done);
  }

  protected async changeAddress(): Promise<void> {
    const isWanted = await this.#confirm.ask({
      title: this.text('mp.url.ask'), action: this.text('mp.url.change'),
      consequences: [
        { icon: 'link', words: this.text('mp.url.ask.enter') }, { icon: 'clock', words: this.text('mp.url.ask.former') },
        ...(this.saved()?.formerUntil === undefined ? [] : [{ icon: 'alert', words: this.text('mp.url.ask.before') } as const]),
      ],
    });
    if (!isWanted || !(await this.#attempts.run(this.#api.changeMercadoPagoAddress()))) return;
    this.#toasts.show({ icon: 'check', words: this.text('mp.url.changed') });
    this.changed.emit();
  }

  protected async forget(): Promise<void> {
    const isWanted = await this.#confirm.ask({
      title: this.text('mp.remove.title'), action: this.text('mp.remove'), danger: true,
      consequences: [{ icon: 'link', words: this.text('mp.remove.links') }, { icon: 'check', words: this.text('mp.remove.paid') }],
    });
    if (!isWanted || !(await this.#attempts.run(this.#api.forgetMercadoPago()))) return;
    this.#toasts.show({ icon: 'trash', words: this.text('mp.removed') });
    this.tested.set(undefined);
    this.changed.emit();
  }

  #typed(): PaymentPlatformKeys {
    const { token, secret } = this.#draft();
    return { ...(token?.trim() ? { accessToken: token.trim() } : {}), ...(secret?.trim() ? { secret: secret.trim() } : {}) };
  }
}
