import { Component, type ElementRef, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import { uniqueId } from '../layout/unique-id';
import type { Location } from '../simulator/types';
import { placeIn } from './place-text';

/** Where the demo company is at home: a newcomer need not look coordinates up. */
const usual = '-31.7333, -60.5297';

/** Asks for the place that is to be sent. */
@Component({
  selector: 'phone-place-form',
  imports: [Icon],
  template: `
    <dialog #dialog class="dialog" [attr.aria-labelledby]="id + '-title'">
      <form novalidate (submit)="submit($event)">
        <div class="dialog__body">
          <h2 [id]="id + '-title'">{{ text('place.title') }}</h2>
          <div class="field"><label [attr.for]="id + '-at'">{{ text('place.at') }}</label>
            <input #at [id]="id + '-at'" class="input num" autocomplete="off" [value]="coordinates()" (input)="coordinates.set(at.value)" [attr.aria-invalid]="wrong()" [attr.aria-describedby]="id + '-error'">
            <p [id]="id + '-error'" class="field__error" aria-live="polite">@if (wrong()) {<hilo-icon name="alert" />{{ text('place.wrong') }}}</p></div>
          <div class="field"><label [attr.for]="id + '-name'">{{ text('place.name') }}</label><input #named [id]="id + '-name'" class="input" autocomplete="off" maxlength="100" [value]="name()" (input)="name.set(named.value)"></div>
          <div class="field"><label [attr.for]="id + '-address'">{{ text('place.address') }}</label><input #street [id]="id + '-address'" class="input" autocomplete="off" maxlength="200" [value]="address()" (input)="address.set(street.value)"></div>
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
export class PlaceForm {
  readonly send = output<Location>();
  protected readonly text = injectText();
  protected readonly id = uniqueId('place');
  protected readonly coordinates = signal(usual);
  protected readonly name = signal('');
  protected readonly address = signal('');
  protected readonly wrong = signal(false);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  open(): void {
    this.coordinates.set(usual);
    this.name.set('');
    this.address.set('');
    this.wrong.set(false);
    this.dialogElement().nativeElement.showModal();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const place = placeIn(this.coordinates());
    this.wrong.set(!place);
    if (!place) return;
    this.dialogElement().nativeElement.close();
    this.send.emit({ ...place, name: this.name().trim() || undefined, address: this.address().trim() || undefined });
  }
}
