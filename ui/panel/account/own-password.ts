import { Component, inject, signal } from '@angular/core';
import { form, minLength, required, submit } from '@angular/forms/signals';
import { ApiProblem } from '../../shared/api/problem';
import { SessionApi } from '../../shared/api/session-api';
import { injectProblemText } from '../../shared/feedback/inject-problem';
import { Toasts } from '../../shared/feedback/toasts';
import { formPieces } from '../../shared/forms/field';
import { PasswordInput } from '../../shared/forms/password-input';
import { CurrentSession } from '../../shared/session/current-session';
import { injectAccountText } from './i18n/inject-text';

/** The least length of a password that the API takes. */
const leastLength = 10;
const empty = { current: '', next: '' };

/** Changes one's own password. */
@Component({
  selector: 'account-password',
  imports: [...formPieces, PasswordInput],
  template: `
    <section class="card" aria-labelledby="own-password">
      <div class="card__head"><h2 id="own-password">{{ text('password') }}</h2></div>
      <form class="card__body form" novalidate (submit)="save($event)">
        <p class="small muted">{{ text('password.about') }}</p>
        <hilo-field [of]="form.current" [label]="text('password.current')"><hilo-password-input [formField]="form.current" /></hilo-field>
        <hilo-field [of]="form.next" [label]="text('password.next')" [help]="text('password.next.help')"><hilo-password-input [formField]="form.next" autocomplete="new-password" /></hilo-field>
        <div class="row"><button type="submit" class="btn btn--primary" [disabled]="form().submitting()">{{ text('password.save') }}</button></div>
      </form>
    </section>
  `,
})
export class OwnPassword {
  readonly #api = inject(SessionApi);
  readonly #session = inject(CurrentSession);
  readonly #toasts = inject(Toasts);
  readonly #problemText = injectProblemText();
  protected readonly text = injectAccountText();
  readonly #values = signal(empty);
  protected readonly form = form(this.#values, (path) => {
    required(path.current, { message: () => this.text('password.missing') });
    required(path.next, { message: () => this.text('password.missing') });
    minLength(path.next, leastLength, { message: () => this.text('password.tooShort') });
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        this.#session.use(await this.#api.changePassword(this.#values()));
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        return { kind: 'server', message: this.#problemText(error), fieldTree: error.code === 'password-wrong' ? field.current : field.next };
      }
      this.form().reset(empty);
      this.#toasts.show({ icon: 'check', words: this.text('password.saved') });
      return undefined;
    });
  }
}
