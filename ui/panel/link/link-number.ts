import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { form, required, submit, validate } from '@angular/forms/signals';
import { type Channel, ChannelsApi } from '../../shared/api/channels-api';
import { Attempts } from '../../shared/feedback/attempts';
import { formPieces } from '../../shared/forms/field';
import { Icon } from '../../shared/icons/icon';
import { Clock } from '../../shared/time/clock';
import { minutesAndSeconds } from '../../shared/time/since';
import { injectLinkText } from './i18n/inject-text';
import { LinkCare } from './link-care';
import { digitsOf, isWholeNumber, showNumber } from './phone-digits';
import { QrCode } from './qr-code';

/**
 * Links a number: the QR with its four steps and a countdown, or the code to type. The channel is live, so the picture renews by itself and
 * this disappears when the phone has scanned it.
 */
@Component({
  selector: 'panel-link-number',
  imports: [...formPieces, Icon, LinkCare, QrCode],
  templateUrl: './link-number.html',
  styleUrl: './link-number.css',
})
export class LinkNumber {
  readonly channel = input.required<Channel>();
  readonly #api = inject(ChannelsApi);
  readonly #attempts = inject(Attempts);
  readonly #clock = inject(Clock);
  protected readonly text = injectLinkText();
  protected readonly asking = signal(false);
  protected readonly helping = signal(false);

  readonly #leftMs = computed(() => Date.parse(this.channel().pairing?.until ?? '') - this.#clock.second());
  /** What can be scanned or typed now. */
  protected readonly pairing = computed(() => (this.#leftMs() > 0 ? this.channel().pairing : undefined));
  protected readonly left = computed(() => minutesAndSeconds(this.#leftMs()));
  /** The gateway is on it: a picture is about to come. */
  protected readonly isComing = computed(() => this.asking() || (this.channel().wanted && ['unlinked', 'connecting', 'waiting'].includes(this.channel().state)));
  readonly #offers = computed(() => (this.channel().pairing?.code ? 'code' : 'qr'));
  protected readonly method = linkedSignal<'qr' | 'code'>(() => this.#offers());
  protected readonly code = computed(() => this.pairing()?.code?.replace(/[^A-Z0-9]/gi, '').replace(/^(.{4})/, '$1-'));
  protected readonly phoneUrl = computed(() => {
    const { simulatorUrl } = this.channel();
    const qr = this.pairing()?.qr;
    return simulatorUrl ? `${simulatorUrl.replace(/\/$/, '')}/${qr ? `?qr=${encodeURIComponent(qr)}` : ''}` : undefined;
  });

  readonly #lastNumber = computed(() => this.channel().number ?? '');
  readonly #values = linkedSignal(() => ({ number: this.#lastNumber() && showNumber(this.#lastNumber()) }));
  protected readonly form = form(this.#values, (path) => {
    required(path.number, { message: () => this.text('code.number.wrong') });
    validate(path.number, ({ value }) => (isWholeNumber(digitsOf(value())) ? undefined : { kind: 'number', message: this.text('code.number.wrong') }));
  });

  protected async askQr(): Promise<void> {
    await this.#ask(this.#api.link(this.channel().id));
  }

  protected async askCode(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.form, async () => this.#ask(this.#api.link(this.channel().id, digitsOf(this.#values().number))));
  }

  async #ask(link: Promise<unknown>): Promise<undefined> {
    this.asking.set(true);
    await this.#attempts.run(link);
    this.asking.set(false);
  }
}
