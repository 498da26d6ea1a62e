import { Component, computed, inject } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { BotMode, modeLook } from './bot-mode';
import { injectShellText } from './i18n/inject-text';

/** The bot's mode while it is not the ordinary one: whoever wonders why nobody is answered sees it here. */
@Component({
  selector: 'panel-mode-chip',
  imports: [Icon],
  template: `<span role="status">@if (look(); as look) {<span class="state" [class]="'state--' + look.tone"><hilo-icon [name]="look.icon" /><span class="sr">{{ text('mode') }} </span>{{ look.words }}</span>}</span>`,
})
export class ModeChip {
  readonly #mode = inject(BotMode);
  protected readonly text = injectShellText();
  protected readonly look = computed(() => {
    const mode = this.#mode.current()?.mode;
    return mode === undefined || mode === 'complete' ? undefined : { ...modeLook[mode], words: this.text(`mode.${mode}`) };
  });
}
