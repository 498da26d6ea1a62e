import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import type { Reply } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';

/** Digits that a phone has at least and at most (E.164), with its country's code. */
const fewest = 8;
const most = 15;

/** A contact card to send. Answers its name and number. */
@Component({
  selector: 'hilo-card-dialog',
  imports: [Icon],
  template: `
    <form class="dialog" (submit)="submit($event)">
      <div class="dialog__body">
        <h2 id="card-title">{{ text('contact.send') }}</h2>
        <div class="field"><label for="card-name">{{ text('contact.name') }}</label>
          <input #name id="card-name" class="input" maxlength="200" autocomplete="off" [attr.aria-invalid]="faults().name ? true : null" [value]="written().name" (input)="write('name', name.value)">
          @if (faults().name) {<p class="field__error" role="alert"><hilo-icon name="alert" />{{ text('contact.fault.name') }}</p>}
        </div>
        <div class="field"><label for="card-phone">{{ text('contact.phone') }}</label>
          <input #phone id="card-phone" class="input" type="tel" maxlength="40" autocomplete="off" aria-describedby="card-help" [attr.aria-invalid]="faults().phone ? true : null" [value]="written().phone" (input)="write('phone', phone.value)">
          <p class="field__help" id="card-help">{{ text('contact.phone.help') }}</p>
          @if (faults().phone) {<p class="field__error" role="alert"><hilo-icon name="alert" />{{ text('contact.fault.phone') }}</p>}
        </div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ text('cancel') }}</button>
        <button type="submit" class="btn btn--primary"><hilo-icon name="send" />{{ text('composer.send') }}</button>
      </div>
    </form>
  `,
})
export class CardDialog {
  protected readonly ref = inject<DialogRef<Reply['contact']>>(DialogRef);
  protected readonly text = injectChatText();
  protected readonly written = signal({ name: '', phone: '' });
  readonly #tried = signal(false);
  protected readonly faults = computed(() => {
    const { name, phone } = this.written();
    const digits = phone.replace(/\D/g, '').length;
    return { name: this.#tried() && !name.trim(), phone: this.#tried() && (digits < fewest || digits > most) };
  });

  protected write(part: 'name' | 'phone', value: string): void {
    this.written.update((written) => ({ ...written, [part]: value }));
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.#tried.set(true);
    if (this.faults().name || this.faults().phone) return;
    const { name, phone } = this.written();
    this.ref.close({ name: name.trim(), phones: [phone.trim()] });
  }
}
