import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { botStateLook } from './bot-state';
import { Channels } from './channels';
import { injectShellText } from './i18n/inject-text';

/** The bot's state in a word, always in sight. */
@Component({
  selector: 'panel-bot-chip',
  imports: [Icon],
  template: `<span role="status">@if (look(); as look) {<span class="state" [class]="'state--' + look.tone"><hilo-icon [name]="look.icon" />{{ look.words }}</span>}</span>`,
})
export class BotChip {
  readonly #channels = inject(Channels);
  readonly #text = injectShellText();
  protected readonly look = computed(() => {
    const state = this.#channels.botState();
    return state && { ...botStateLook[state], words: this.#text(`bot.${state}`) };
  });
}
