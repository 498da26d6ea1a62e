import { Component, ElementRef, afterNextRender, computed, inject, input, output, signal } from '@angular/core';
import { form, required, submit } from '@angular/forms/signals';
import { ApiProblem } from '../shared/api/problem';
import { type Session, SessionApi } from '../shared/api/session-api';
import { injectProblemText } from '../shared/feedback/inject-problem';
import { formPieces } from '../shared/forms/field';
import { PasswordInput } from '../shared/forms/password-input';
import { Icon } from '../shared/icons/icon';
import { Clock } from '../shared/time/clock';
import { minutesAndSeconds } from '../shared/time/since';
import { injectText } from './i18n/inject-text';

/** User and password. Which of the two was wrong is never told; after many tries it counts down until the next. */
@Component({
  selector: 'login-form',
  imports: [...formPieces, Icon, PasswordInput],
  template: `
    <form novalidate (submit)="enter($event)">
      <div><h1>{{ company() ? text('enter', { company: company()! }) : text('title') }}</h1><p class="muted">{{ text('about') }}</p></div>
      <div role="alert">
        @if (left(); as time) {
          <p class="notice notice--warn"><hilo-icon name="clock" /><span><b>{{ text('wait') }}</b> {{ text('wait.why', { left: time }) }}</span></p>
        } @else if (problem(); as why) {
          <p class="notice notice--bad"><hilo-icon name="alert" /><span><b>{{ text('failed') }}</b> {{ why }}</span></p>
        }
      </div>
      <hilo-field [of]="form.login" [label]="text('login')">
        <div class="inputwrap"><hilo-icon name="user" /><input class="input" autocomplete="username" autocapitalize="none" spellcheck="false" [formField]="form.login"></div>
      </hilo-field>
      <hilo-field [of]="form.password" [label]="text('password')"><hilo-password-input [formField]="form.password" /></hilo-field>
      <label class="check"><input type="checkbox" [formField]="form.remember">{{ text('remember') }}</label>
      <button type="submit" class="btn btn--primary btn--lg btn--block" [disabled]="form().submitting() || !!left()">{{ text(form().submitting() ? 'submitting' : 'submit') }}</button>
      <p class="caption">{{ text('forgotten') }}</p>
    </form>
  `,
})
export class LoginForm {
  /** Undefined until it is known. */
  readonly company = input.required<string | undefined>();
  readonly entered = output<{ session: Session; password: string }>();
  readonly #api = inject(SessionApi);
  readonly #clock = inject(Clock);
  readonly #problemText = injectProblemText();
  protected readonly text = injectText();
  readonly #values = signal({ login: '', password: '', remember: false });
  protected readonly form = form(this.#values, (path) => {
    required(path.login, { message: () => this.text('login.missing') });
    required(path.password, { message: () => this.text('password.missing') });
  });
  readonly #refusal = signal<ApiProblem | undefined>(undefined);
  /** Milliseconds since 1970 until which the server wants no more tries. */
  readonly #closedUntil = signal(0);
  protected readonly left = computed(() => {
    const leftMs = this.#closedUntil() - this.#clock.second();
    return leftMs > 0 ? minutesAndSeconds(leftMs) : undefined;
  });
  protected readonly problem = computed(() => {
    const refusal = this.#refusal();
    if (!refusal || refusal.status === 429) return undefined;
    return refusal.status === 401 ? this.text('failed.why') : this.#problemText(refusal);
  });

  constructor() {
    const page = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => page.querySelector('input')?.focus());
  }

  protected async enter(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => {
      this.#refusal.set(undefined);
      const credentials = { ...this.#values(), login: this.#values().login.trim() };
      try {
        this.entered.emit({ session: await this.#api.open(credentials), password: credentials.password });
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        this.#refusal.set(error);
        if (error.status === 429) this.#closedUntil.set(Date.now() + (error.retryAfterSeconds ?? 30) * 1_000);
      }
    });
  }
}
