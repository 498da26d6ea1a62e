import { Component, computed, DOCUMENT, inject, linkedSignal, signal } from '@angular/core';
import { GatewayApi } from '../../shared/api/gateway-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Failed, Skeleton } from '../../shared/feedback/states';
import { Toasts } from '../../shared/feedback/toasts';
import { Icon } from '../../shared/icons/icon';
import { injectLive } from '../../shared/push/live-value';
import { SettingsPage } from '../settings/settings-page';
import { CopiedText } from './copied-text';
import { GatewayDocs } from './gateway-docs';
import { GatewayTokens } from './gateway-tokens';
import { injectGatewayText } from './i18n/inject-text';

/** The message gateway: its addresses, tokens and callback, a test, and how systems call it. */
@Component({
  selector: 'gateway-page',
  imports: [CopiedText, Failed, GatewayDocs, GatewayTokens, Icon, SettingsPage, Skeleton],
  templateUrl: './gateway-page.html',
  styleUrl: './gateway-page.css',
})
export class GatewayPage {
  readonly #api = inject(GatewayApi);
  readonly #attempts = inject(Attempts);
  readonly #toasts = inject(Toasts);
  readonly #origin = inject(DOCUMENT).location.origin;
  protected readonly text = injectGatewayText();
  protected readonly settings = injectLive(() => this.#api.read(), ({ topic }) => topic === 'channel');
  protected readonly addresses = computed(() => this.settings.value()?.channels.map(({ name, path }) => ({ name, url: `${this.#origin}${path}` })) ?? []);
  protected readonly callbackUrl = linkedSignal(() => this.settings.value()?.callback?.url ?? '');
  /** A secret that was just made: shown until its owner says that they have it. */
  protected readonly given = signal<{ kind: 'token' | 'secret'; value: string } | undefined>(undefined);
  protected readonly test = signal({ token: '', to: '', message: this.text('test.message.default') });
  protected readonly accepted = signal<string | undefined>(undefined);

  protected async show(kind: 'token' | 'secret', value: string): Promise<void> {
    this.given.set({ kind, value });
    await this.settings.reload();
  }

  protected async sendTest(event: Event): Promise<void> {
    event.preventDefault();
    const { token, to, message } = this.test();
    const sent = await this.#attempts.run(this.#api.test(token || this.settings.value()!.tokens[0]!.id, to, message));
    if (sent) this.accepted.set(sent.done.id);
  }

  protected async saveCallback(event: Event): Promise<void> {
    event.preventDefault();
    const saved = await this.#attempts.run(this.#api.setCallback(this.callbackUrl().trim()));
    if (!saved) return;
    this.#toasts.show({ icon: 'check', words: this.text('callback.saved') });
    if (saved.done.secret !== undefined) await this.show('secret', saved.done.secret);
    else await this.settings.reload();
  }

  protected async renewSecret(url: string): Promise<void> {
    const renewed = await this.#attempts.run(this.#api.renewSecret(url));
    if (renewed?.done.secret !== undefined) await this.show('secret', renewed.done.secret);
  }

  protected async removeCallback(): Promise<void> {
    if (!(await this.#attempts.run(this.#api.removeCallback()))) return;
    this.#toasts.show({ icon: 'trash', words: this.text('callback.removed') });
    await this.settings.reload();
  }
}
