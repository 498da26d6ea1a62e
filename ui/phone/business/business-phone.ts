import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { showNumber } from '../customers/phone-number';
import { injectText } from '../i18n/inject-text';
import { ConfirmDialog } from '../layout/confirm-dialog';
import { PhoneFrame } from '../layout/phone-frame';
import { Toasts } from '../layout/toast';
import { Live } from '../simulator/live';
import { Place } from '../simulator/place';
import { SimulatorApi } from '../simulator/simulator-api';
import { World } from '../simulator/world';
import { LinkDevice } from './link-device';
import { OwnerChat } from './owner-chat';

/** The value of the choice that means "a phone that is not in the list yet". */
const another = 'another';

/** The business's own phone: links Hilo to its number, shows whether it is linked, and lets the owner write. */
@Component({
  selector: 'phone-business-phone',
  imports: [ConfirmDialog, Icon, LinkDevice, OwnerChat, PhoneFrame],
  templateUrl: './business-phone.html',
  styleUrl: './business-phone.css',
})
export class BusinessPhone {
  readonly #api = inject(SimulatorApi);
  readonly #toasts = inject(Toasts);
  protected readonly live = inject(Live);
  protected readonly place = inject(Place);
  protected readonly world = inject(World);
  protected readonly text = injectText();
  protected readonly show = showNumber;
  protected readonly another = another;
  protected readonly dialog = viewChild.required(ConfirmDialog);
  readonly #addsAnother = signal(false);

  /** A QR that waits goes to the address's phone or to the first that nobody is linked to; else this is the customers' business. */
  protected readonly account = computed(() => {
    if (this.#addsAnother()) return undefined;
    const accounts = this.world.accounts();
    const named = accounts.find(({ number }) => number === this.place.account());
    return this.place.qr() ? (named ?? accounts.find(({ linked }) => !linked)) : this.world.account();
  });
  protected readonly showsLink = computed(() => !this.account()?.linked || !!this.place.qr());

  protected choose(number: string): void {
    this.#addsAnother.set(number === another);
    if (number !== another) this.place.go({ account: number });
  }

  protected linkedAnother(): void {
    this.#addsAnother.set(false);
  }

  protected async unlink(number: string): Promise<void> {
    if (await this.#toasts.attempt(this.#api.unlink(number))) await this.world.refresh();
  }
}
