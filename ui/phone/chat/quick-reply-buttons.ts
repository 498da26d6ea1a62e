import { Component, computed, input, output } from '@angular/core';
import { injectText } from '../i18n/inject-text';
import { quickRepliesIn } from './quick-replies';

/** The answers that a numbered menu offers, to be tapped. */
@Component({
  selector: 'phone-quick-replies',
  template: `
    @if (replies().length) {
      <div class="quick" role="group" [attr.aria-label]="text('chat.quick')">
        @for (reply of replies(); track reply.key) {
          <button type="button" [attr.aria-label]="text('chat.quick.one', { key: reply.key, label: reply.label })" [title]="reply.label" (click)="chosen.emit(reply.key)">{{ reply.key }}</button>
        }
      </div>
    }
  `,
  styles: `
    .quick { display: flex; flex-wrap: wrap; gap: 6px; padding: 4px 12px 0; background: var(--hilo-chat-canvas); }
    .quick button { min-width: 36px; height: 32px; padding: 0 10px; border-radius: 999px; text-align: center; font: var(--hilo-label); font-variant-numeric: tabular-nums; color: var(--hilo-primary); background: var(--hilo-chat-bot); border: 1px solid var(--hilo-chat-bot-line); }
    .quick button:hover { background: var(--hilo-primary-container); color: var(--hilo-on-primary-container); }
    @media (pointer: coarse) { .quick button { height: 44px; min-width: 44px; } }
  `,
})
export class QuickReplies {
  /** The message that may hold a menu. */
  readonly heard = input.required<string>();
  readonly chosen = output<string>();
  protected readonly text = injectText();
  protected readonly replies = computed(() => quickRepliesIn(this.heard()));
}
