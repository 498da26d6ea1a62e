import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import { Icon } from '../../icons/icon';
import type { MessageAct } from '../chat-message';
import { injectChatText } from '../i18n/inject-text';

/** What WhatsApp offers first. */
const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What one may do with a message: answer it with a quote, or react. */
@Component({
  selector: 'hilo-message-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, Icon],
  template: `
    <button type="button" class="msg__more" [cdkMenuTriggerFor]="menu" [attr.aria-label]="text('menu')" [title]="text('menu')"><hilo-icon name="down" /></button>
    <ng-template #menu>
      <div class="menu" cdkMenu [attr.aria-label]="text('menu')">
        <button type="button" class="menu__item" cdkMenuItem (cdkMenuItemTriggered)="act.emit({ kind: 'quote' })"><hilo-icon name="reply" />{{ text('menu.quote') }}</button>
        <div class="menu__sep" role="separator"></div>
        <div class="msg__emojis" role="group" [attr.aria-label]="text('menu.react')">
          @for (emoji of emojis; track emoji) {
            <button type="button" cdkMenuItem [class.chosen]="emoji === chosen()" [attr.aria-label]="text(emoji === chosen() ? 'menu.unreact' : 'menu.reactWith', { emoji })" (cdkMenuItemTriggered)="act.emit({ kind: 'react', emoji: emoji === chosen() ? '' : emoji })">{{ emoji }}</button>
          }
        </div>
      </div>
    </ng-template>
  `,
})
export class MessageMenu {
  /** What we reacted with. */
  readonly chosen = input<string>();
  readonly act = output<MessageAct>();
  protected readonly text = injectChatText();
  protected readonly emojis = emojis;
}
