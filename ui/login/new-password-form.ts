import { Component, ElementRef, afterNextRender, inject, input, linkedSignal, output } from '@angular/core';
import { form, minLength, required, submit } from '@angular/forms/signals';
import { ApiProblem } from '../shared/api/problem';
import { type Session, SessionApi } from '../shared/api/session-api';
import { injectProblemText } from '../shared/feedback/inject-problem';
import { formPieces } from '../shared/forms/field';
import { PasswordInput } from '../shared/forms/password-input';
import { injectText } from './i18n/inject-text';

/** The least length of a password that the API takes. */
const leastLength = 10;

/** A password of one's own in place of the one that was given. Nothing else works before. */
@Component({
  selector: 'login-new-password',
  imports: [...formPieces, PasswordInput],
  template: `
    <form novalidate (submit)="save($event)">
      <div><h1>{{ text('new') }}</h1><p class="muted">{{ text('new.about') }}</p></div>
      @if (!current()) {
        <hilo-field [of]="form.current" [label]="text('new.current')"><hilo-password-input [formField]="form.current" /></hilo-field>
      }
      <hilo-field [of]="form.next" [label]="text('new.next')" [help]="text('new.help')">
        <hilo-password-input [formField]="form.next" autocomplete="new-password" />
      </hilo-field>
      <button type="submit" class="btn btn--primary btn--lg btn--block" [disabled]="form().submitting()">{{ text('new.submit') }}</button>
      <button type="button" class="btn btn--text" (click)="giveUp()">{{ text('new.out') }}</button>
    </form>
  `,
})
export class NewPasswordForm {
  /** The temporary one; '' asks for it. */
  readonly current = input.required<string>();
  readonly changed = output<Session>();
  readonly gaveUp = output();
  readonly #api = inject(SessionApi);
  readonly #problemText = injectProblemText();
  protected readonly text = injectText();
  readonly #values = linkedSignal(() => ({ current: this.current(), next: '' }));
  protected readonly form = form(this.#values, (path) => {
    required(path.current, { message: () => this.text('password.missing') });
    required(path.next, { message: () => this.text('password.missing') });
    minLength(path.next, leastLength, { message: () => this.text('new.tooShort') });
  });

  constructor() {
    const page = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => page.querySelector('input')?.focus());
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async (field) => {
      try {
        this.changed.emit(await this.#api.changePassword(this.#values()));
        return undefined;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const fieldTree = error.code === 'password-wrong' && !this.current() ? field.current : field.next;
        return { kind: 'server', message: this.#problemText(error), fieldTree };
      }
    });
  }

  protected async giveUp(): Promise<void> {
    try {
      await this.#api.close();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error; // the cookie stays; the form to log in takes its place all the same
    }
    this.gaveUp.emit();
  }
}
