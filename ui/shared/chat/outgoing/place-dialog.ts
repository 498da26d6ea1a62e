import { DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import type { Reply } from '../../api/conversations-api';
import { Icon } from '../../icons/icon';
import { injectChatText } from '../i18n/inject-text';
import { isShortened, readPlace } from './read-place';

/** A place to send: coordinates, or a link of a map that has them. Answers the place. */
@Component({
  selector: 'hilo-place-dialog',
  imports: [Icon],
  template: `
    <form class="dialog" (submit)="submit($event)">
      <div class="dialog__body">
        <h2 id="place-title">{{ text('place.send') }}</h2>
        <div class="field"><label for="place-where">{{ text('place.where') }}</label>
          <input #where id="place-where" class="input" autocomplete="off" aria-describedby="place-help" [attr.aria-invalid]="fault() ? true : null" [value]="written()" (input)="write(where.value)">
          <p class="field__help" id="place-help">{{ text('place.where.help') }}</p>
          @if (fault(); as fault) {<p class="field__error" role="alert"><hilo-icon name="alert" />{{ text(fault) }}</p>}
          @if (place(); as place) {<p class="small num" role="status">{{ place.latitude }}, {{ place.longitude }}</p>}
        </div>
        <div class="field"><label for="place-name">{{ text('place.name') }}</label><input #name id="place-name" class="input" maxlength="200" autocomplete="off" [value]="place()?.name ?? ''"></div>
        <div class="field"><label for="place-address">{{ text('place.address') }}</label><input #address id="place-address" class="input" maxlength="400" autocomplete="off"></div>
      </div>
      <div class="dialog__foot">
        <button type="button" class="btn btn--text" (click)="ref.close()">{{ text('cancel') }}</button>
        <button type="submit" class="btn btn--primary" (click)="more = { name: name.value, address: address.value }"><hilo-icon name="send" />{{ text('composer.send') }}</button>
      </div>
    </form>
  `,
})
export class PlaceDialog {
  protected readonly ref = inject<DialogRef<Reply['location']>>(DialogRef);
  protected readonly text = injectChatText();
  protected readonly written = signal('');
  readonly #tried = signal(false);
  protected readonly place = computed(() => readPlace(this.written()));
  protected readonly fault = computed(() => {
    if (this.place() || !this.#tried()) return undefined;
    return isShortened(this.written()) ? ('place.fault.short' as const) : ('place.fault' as const);
  });
  protected more = { name: '', address: '' };

  protected write(written: string): void {
    this.written.set(written);
    if (isShortened(written)) this.#tried.set(true);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.#tried.set(true);
    const place = this.place();
    if (!place) return;
    const [name, address] = [this.more.name.trim(), this.more.address.trim()];
    this.ref.close({ latitude: place.latitude, longitude: place.longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) });
  }
}
