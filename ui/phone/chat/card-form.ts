import { Component, type ElementRef, computed, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { digitsOf, isPhoneNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { uniqueId } from '../layout/unique-id';
import type { ContactCard } from '../simulator/types';

/** Asks for the contact whose card is to be sent. */
@Component({
  selector: 'phone-card-form',
  imports: [Icon],
  template: `
    <dialog #dialog class="dialog" [attr.aria-labelledby]="id + '-title'">
      <form novalidate (submit)="submit($event)">
        <div class="dialog__body">
          <h2 [id]="id + '-title'">{{ text('card.title') }}</h2>
          <div class="field"><label [attr.for]="id + '-name'">{{ text('person.name') }}</label>
            <input #named [id]="id + '-name'" class="input" autocomplete="off" maxlength="100" [value]="name()" (input)="name.set(named.value)"></div>
          <div class="field"><label [attr.for]="id + '-phone'">{{ text('person.number') }}</label>
            <input #phone [id]="id + '-phone'" class="input num" type="tel" autocomplete="off" maxlength="24" [value]="number()" (input)="number.set(phone.value)" [attr.aria-describedby]="id + '-help'">
            <p [id]="id + '-help'" class="field__help">{{ text('person.number.help') }}</p></div>
          <p class="field__error" aria-live="polite">@if (tried() && problem(); as reason) {<hilo-icon name="alert" />{{ reason }}}</p>
        </div>
        <div class="dialog__foot">
          <button type="button" class="btn btn--outline" (click)="dialog.close()">{{ text('dialog.cancel') }}</button>
          <button type="submit" class="btn btn--primary"><hilo-icon name="send" />{{ text('chat.send') }}</button>
        </div>
      </form>
    </dialog>
  `,
  styles: `:host { display: contents; }`,
})
export class CardForm {
  readonly send = output<ContactCard>();
  protected readonly text = injectText();
  protected readonly id = uniqueId('card');
  protected readonly name = signal('');
  protected readonly number = signal('');
  protected readonly tried = signal(false);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly problem = computed(() => {
    if (!this.name().trim()) return this.text('person.name.missing');
    return isPhoneNumber(digitsOf(this.number())) ? undefined : this.text('person.number.wrong');
  });

  open(): void {
    this.name.set('');
    this.number.set('');
    this.tried.set(false);
    this.dialogElement().nativeElement.showModal();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.tried.set(true);
    if (this.problem()) return;
    this.dialogElement().nativeElement.close();
    this.send.emit({ name: this.name().trim(), phones: [`+${digitsOf(this.number())}`] });
  }
}
