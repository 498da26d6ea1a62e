import { Component, inject, input, output, signal } from '@angular/core';
import { form, maxLength, required, submit } from '@angular/forms/signals';
import { GatewayApi, type GatewayToken } from '../../shared/api/gateway-api';
import { ApiProblem } from '../../shared/api/problem';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { injectGatewayText } from './i18n/inject-text';

const GRACE_MINUTES = 24 * 60;
const hours = ['1', '6', '12', '24', '48', '72'] as const;

/** The company's tokens: made, replaced and revoked. */
@Component({
  selector: 'gateway-tokens',
  imports: [...formPieces, Icon],
  templateUrl: './gateway-tokens.html',
  styles: `
    h2 { font: var(--hilo-title-sm); }
    ul { display: flex; flex-direction: column; gap: 8px; margin: 12px 0; }
    li { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; padding: 8px 0; border-bottom: 1px solid var(--hilo-outline-variant); }
    li .two { flex: 1; min-width: 200px; }
    form { display: flex; gap: 12px; flex-wrap: wrap; align-items: start; } form hilo-field { flex: 1; min-width: 160px; } form .btn { margin-top: 24px; }
  `,
})
export class GatewayTokens {
  readonly tokens = input.required<readonly GatewayToken[]>();
  /** A token that was just made, to be shown this once. */
  readonly given = output<string>();
  readonly changed = output();
  readonly #api = inject(GatewayApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly moments = inject(Moments);
  protected readonly text = injectGatewayText();
  protected readonly hours = hours;
  readonly #draft = signal({ name: '', hours: '24' });
  protected readonly form = form(this.#draft, (path) => {
    required(path.name, { message: () => this.text('token.name.missing') });
    maxLength(path.name, 60);
  });

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      try {
        const { name, hours: chosen } = this.#draft();
        const { secret } = await this.#api.createToken({ name: name.trim(), expiryMinutes: Number(chosen) * 60 });
        this.#draft.set({ name: '', hours: '24' });
        this.form().reset();
        this.given.emit(secret);
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error) };
      }
    });
  }

  protected async rotate({ id, name }: GatewayToken): Promise<void> {
    const isWanted = await this.#confirm.ask({
      title: this.text('token.rotate.title', { name }), action: this.text('token.rotate'),
      consequences: [{ icon: 'lock', words: this.text('token.rotate.new') }, { icon: 'clock', words: this.text('token.rotate.grace') }],
    });
    const rotated = isWanted && (await this.#attempts.run(this.#api.rotateToken(id, GRACE_MINUTES)));
    if (rotated) this.given.emit(rotated.done.secret);
  }

  protected async revoke({ id, name }: GatewayToken): Promise<void> {
    const isWanted = await this.#confirm.ask({
      title: this.text('token.revoke.title', { name }), action: this.text('token.revoke'), danger: true,
      consequences: [{ icon: 'slash', words: this.text('token.revoke.now') }],
    });
    if (!isWanted || !(await this.#attempts.run(this.#api.revokeToken(id)))) return;
    this.#toasts.show({ icon: 'slash', words: this.text('token.revoked') });
    this.changed.emit();
  }
}
