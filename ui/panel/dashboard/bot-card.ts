import { Component, computed, inject, input } from '@angular/core';
import type { Channel } from '../../shared/api/channels-api';
import { Skeleton } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import { Moments } from '../../shared/time/moments';
import { showNumber } from '../link/phone-digits';
import { BotMode, modeLook } from '../shell/bot-mode';
import { botStateLook, botStateOf } from '../shell/bot-state';
import { injectDashboardText } from './i18n/inject-text';

/** CONECTADO, ESPERANDO QR or DESCONECTADO, with the number and since when, and in which mode. */
@Component({
  selector: 'panel-bot-card',
  imports: [Icon, Skeleton],
  template: `
    <section class="card kpi" [attr.aria-labelledby]="id()">
      <h2 class="kpi__label" [id]="id()"><hilo-icon class="icon-16" name="phone" />{{ text('bot') }}@if (named() && channel()?.name; as name) {&ngsp;· {{ name }}}@if (known()) {<span class="push" [class]="'is-' + look().tone"><hilo-icon [name]="look().icon" /></span>}</h2>
      @if (known()) {
        <p class="kpi__value" role="status"><span [class]="'is-' + look().tone">{{ text(look().words) }}</span></p>
        <p class="kpi__foot"><span class="num">{{ number() }}</span>@if (channel(); as channel) {<span> · {{ moments.ago(channel.stateAt) }}</span>}</p>
        @if (mode(); as mode) {<p class="kpi__foot"><span class="state" [class]="'state--' + mode.tone"><hilo-icon [name]="mode.icon" />{{ mode.words }}</span></p>}
      } @else {<hilo-skeleton [lines]="2" />}
    </section>
  `,
  styles: `
    :host { display: block; min-width: 0; }
    .card { height: 100%; }
    .push { display: flex; }
    .is-ok { color: var(--hilo-success); } .is-warn { color: var(--hilo-warning); } .is-bad { color: var(--hilo-error); }
  `,
})
export class BotCard {
  /** Undefined: the company has no number yet. */
  readonly channel = input.required<Channel | undefined>();
  /** Whether the numbers have been read. */
  readonly known = input.required<boolean>();
  /** Whether the card says which number it is of: there are several. */
  readonly named = input(false);
  protected readonly id = computed(() => `bot-card-${this.channel()?.id ?? 'none'}`);
  protected readonly moments = inject(Moments);
  protected readonly text = injectDashboardText();
  protected readonly look = computed(() => {
    const state = botStateOf(this.channel()?.state ?? 'unlinked');
    return { ...botStateLook[state], words: `bot.${state}` as const };
  });
  /** The mode the bot is in; with a number that is linked it decides who is answered. */
  readonly #mode = inject(BotMode).current;
  protected readonly mode = computed(() => {
    const mode = this.#mode()?.mode;
    return mode && { ...modeLook[mode], words: this.text(`mode.${mode}`) };
  });
  protected readonly number = computed(() => {
    const channel = this.channel();
    if (!channel?.number) return this.text('bot.noNumber');
    return channel.state === 'linked' ? showNumber(channel.number) : this.text('bot.last', { number: showNumber(channel.number) });
  });
}
