import { Injectable, inject } from '@angular/core';
import { IntegrationsApi, type Integration } from '../../shared/api/integrations-api';
import { Attempts } from '../../shared/feedback/attempts';
import { Confirm } from '../../shared/feedback/confirm';
import { Toasts } from '../../shared/feedback/toasts';
import { injectIntegrationsText } from './i18n/inject-text';
import { faultWords } from './words';

/** Makes a system the active one: what follows is said before, and what its test says, where it fails. */
@Injectable({ providedIn: 'root' })
export class Activation {
  readonly #api = inject(IntegrationsApi);
  readonly #attempts = inject(Attempts);
  readonly #confirm = inject(Confirm);
  readonly #toasts = inject(Toasts);
  readonly #text = injectIntegrationsText();

  /** Whether it is active now. */
  async run({ system, name }: Integration, before: string): Promise<boolean> {
    const text = this.#text;
    const wanted = await this.#confirm.ask({
      title: text('confirm.title', { system: name }), action: text('activate', { system: name }),
      consequences: [
        { icon: 'plug', words: text('confirm.asks', { system: name }) }, { icon: 'power', words: text('confirm.before', { system: before }) },
        { icon: 'branch', words: text('confirm.menus', { system: name }) },
      ],
    });
    if (!wanted) return false;
    const first = await this.#attempts.run(this.#api.activate(system));
    if (!first) return false;
    if (!first.done.activated && !(await this.#insist(name, faultWords(text, system, name, first.done.test.fault ?? 'unavailable')))) return false;
    if (!first.done.activated && !(await this.#attempts.run(this.#api.activate(system, true)))) return false;
    this.#toasts.show({ icon: 'check', words: text('activated', { system: name }) });
    return true;
  }

  #insist(name: string, diagnosis: string): Promise<boolean> {
    const text = this.#text;
    return this.#confirm.ask({
      title: text('failing.title', { system: name }), action: text('failing.action'), danger: true,
      consequences: [{ icon: 'alert', words: diagnosis }, { icon: 'bot', words: text('failing.now') }],
    });
  }
}
