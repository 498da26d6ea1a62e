import { Component, effect, inject, input, output, signal } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { digitsOf, isPhoneNumber, showNumber } from '../customers/phone-number';
import { injectReason } from '../i18n/inject-reason';
import { injectText } from '../i18n/inject-text';
import { Toasts } from '../layout/toast';
import { Place } from '../simulator/place';
import { SimulatorApi, SimulatorError } from '../simulator/simulator-api';
import type { Account, PastChat } from '../simulator/types';
import { World } from '../simulator/world';
import { PastForm } from './past-form';
import { readQrPicture } from './qr-picture';
import { isLinkingQr, pairingCodeIn } from './qr-text';

/** The screen "Linked devices" of a business phone: scans a QR (picture, pasted, dropped, from the address) or types a code. */
@Component({
  selector: 'phone-link-device',
  imports: [Icon, PastForm],
  templateUrl: './link-device.html',
  styleUrl: './link-device.css',
  host: { '(document:paste)': 'pasted($event)' },
})
export class LinkDevice {
  /** The phone that links; undefined: a new one, whose number and name are asked. */
  readonly account = input.required<Account | undefined>();
  readonly linked = output();
  readonly #api = inject(SimulatorApi);
  readonly #world = inject(World);
  readonly #toasts = inject(Toasts);
  readonly #reason = injectReason();
  protected readonly place = inject(Place);
  protected readonly text = injectText();

  /** The first phone of a world is, unless somebody wants another, the demo company's. */
  readonly #isFirst = this.#world.accounts().length === 0;
  protected readonly number = signal(this.#isFirst ? '+54 9 341 555 0100' : '');
  protected readonly name = signal(this.#isFirst ? 'Litoral Fibra' : '');
  protected readonly business = signal(true);
  protected readonly method = signal<'qr' | 'code'>('qr');
  protected readonly code = signal('');
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly linking = signal(false);
  protected readonly dragging = signal(false);

  constructor() {
    effect(() => this.business.set(this.account()?.business ?? true));
  }

  protected readonly people = this.#world.people;

  /** Gives this phone a chat of before it is linked; a phone that is not there yet is made first. @throws SimulatorError */
  protected readonly addPast = async (chat: PastChat): Promise<void> => {
    const number = this.account()?.number ?? digitsOf(this.number());
    if (!this.account()) {
      if (!isPhoneNumber(number)) throw new SimulatorError(422, this.text('person.number.wrong'));
      await this.#api.saveAccount(number, { name: this.name().trim() || showNumber(number), business: this.business() });
      this.place.go({ account: number });
    }
    await this.#api.addHistory(number, [chat]);
    await this.#world.refresh();
  };

  protected choose(method: 'qr' | 'code'): void {
    this.method.set(method);
    this.problem.set(undefined);
  }

  protected take(qr: string): void {
    const read = qr.trim();
    this.problem.set(read === '' || isLinkingQr(read) ? undefined : this.text('scan.notQr'));
    if (isLinkingQr(read)) this.place.go({ qr: read });
  }

  protected clear(): void {
    this.problem.set(undefined);
    this.place.go({ qr: undefined });
  }

  protected async takePicture(picture: Blob | undefined): Promise<void> {
    if (!picture) return;
    const read = await readQrPicture(picture);
    if (read.ok) this.take(read.text);
    else this.problem.set(this.text(read.reason === 'no-qr' ? 'scan.noQr' : 'scan.notImage'));
  }

  protected dropped(event: DragEvent): void {
    event.preventDefault();
    this.dragging.set(false);
    void this.takePicture(event.dataTransfer?.files[0]);
  }

  /** A picture may be pasted anywhere on the page; text goes where the cursor is, or here if it is a QR's. */
  protected pasted(event: ClipboardEvent): void {
    const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    const written = event.clipboardData?.getData('text') ?? '';
    if (!picture && !isLinkingQr(written)) return;
    event.preventDefault();
    this.choose('qr');
    if (picture) void this.takePicture(picture);
    else this.take(written);
  }

  protected async link(event: Event): Promise<void> {
    event.preventDefault();
    const number = this.account()?.number ?? digitsOf(this.number());
    const code = pairingCodeIn(this.code());
    this.problem.set(this.#missing(number, code));
    if (this.problem()) return;
    this.linking.set(true);
    try {
      await this.#link(number, this.method() === 'code' ? code : undefined);
    } catch (error) {
      if (!(error instanceof SimulatorError)) throw error;
      this.problem.set(this.#reason(error));
    } finally {
      this.linking.set(false);
    }
  }

  /** What is still wrong or missing, in words. */
  #missing(number: string, code: string | undefined): string | undefined {
    if (!isPhoneNumber(number)) return this.text('person.number.wrong');
    if (this.method() === 'code') return code ? undefined : this.text('scan.code.wrong');
    return this.place.qr() ? undefined : this.text('scan.missing');
  }

  async #link(number: string, code: string | undefined): Promise<void> {
    const name = this.account()?.name ?? (this.name().trim() || showNumber(number));
    await this.#api.saveAccount(number, { name, business: this.business() });
    if (code) await this.#api.enterCode(number, code);
    else await this.#api.scan(number, this.place.qr() ?? '');
    this.place.go({ account: number, qr: undefined });
    await this.#world.refresh();
    this.linked.emit();
    this.#toasts.show(this.text('scan.linked', { number: showNumber(number) }));
  }
}
