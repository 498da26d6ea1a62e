import { Component, type ElementRef, computed, input, output, signal, viewChild } from '@angular/core';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import type { Bubble } from './bubbles';

export const offeredReactions = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** What can be done with a message: react, reply; edit or delete for everybody what is one's own. */
@Component({
  selector: 'phone-message-menu',
  imports: [Icon],
  template: `
    <dialog #dialog class="dialog sheet" [attr.aria-label]="text('menu.title')">
      <div class="emojis" role="group" [attr.aria-label]="text('menu.react')">
        @for (emoji of reactions; track emoji) {
          <button type="button" [attr.aria-pressed]="own() === emoji" [attr.aria-label]="text('menu.reactWith', { emoji })" (click)="choose(); react.emit({ bubble: bubble()!, emoji: own() === emoji ? '' : emoji })">{{ emoji }}</button>
        }
      </div>
      <button type="button" class="entry" (click)="choose(); reply.emit(bubble()!)"><hilo-icon name="reply" />{{ text('menu.reply') }}</button>
      @if (editable()) {<button type="button" class="entry" (click)="choose(); edit.emit(bubble()!)"><hilo-icon name="pencil" />{{ text('menu.edit') }}</button>}
      @if (bubble()?.mine) {<button type="button" class="entry danger" (click)="choose(); erase.emit(bubble()!)"><hilo-icon name="trash" />{{ text('menu.delete') }}</button>}
      <button type="button" class="entry" (click)="choose()"><hilo-icon name="x" />{{ text('dialog.cancel') }}</button>
    </dialog>
  `,
  styles: `
    :host { display: contents; }
    .sheet { width: 300px; padding: 8px; }
    .emojis { display: flex; justify-content: space-between; padding: 4px 4px 8px; }
    .emojis button { width: 40px; height: 40px; border-radius: 50%; font-size: 22px; line-height: 40px; text-align: center; }
    .emojis button:hover, .emojis [aria-pressed='true'] { background: var(--hilo-selected); }
    .entry { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 44px; padding: 0 12px; border-radius: var(--hilo-radius-sm); font: var(--hilo-body-sm); }
    .entry:hover { background: var(--hilo-hover); }
    .danger { color: var(--hilo-error); }
  `,
})
export class MessageMenu {
  /** Number of who holds the phone. */
  readonly me = input.required<string>();
  readonly react = output<{ readonly bubble: Bubble; readonly emoji: string }>();
  readonly reply = output<Bubble>();
  readonly edit = output<Bubble>();
  readonly erase = output<Bubble>();
  protected readonly text = injectText();
  protected readonly reactions = offeredReactions;
  protected readonly bubble = signal<Bubble | undefined>(undefined);
  private readonly dialogElement = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  protected readonly own = computed(() => this.bubble()?.reactions.find(({ from }) => from === this.me())?.emoji);
  protected readonly editable = computed(() => this.bubble()?.mine && this.bubble()?.kind === 'text');

  open(bubble: Bubble): void {
    this.bubble.set(bubble);
    this.dialogElement().nativeElement.showModal();
  }

  protected choose(): void {
    this.dialogElement().nativeElement.close();
  }
}
