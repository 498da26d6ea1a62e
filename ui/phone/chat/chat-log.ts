import { Component, DestroyRef, type ElementRef, afterNextRender, afterRenderEffect, inject, input, output, signal, viewChild } from '@angular/core';
import { LanguageChoice } from '../../shared/i18n/texts';
import { Icon } from '../../shared/icons/icon';
import { injectText } from '../i18n/inject-text';
import type { Bubble, Day } from './bubbles';
import { MessageBubble } from './message-bubble';

/** Within this distance of the end (CSS pixels) the log follows what arrives. */
const followPx = 48;

/** A chat's messages by days. Follows new ones while its end is in sight, else keeps its place and offers to jump. */
@Component({
  selector: 'phone-chat-log',
  imports: [Icon, MessageBubble],
  template: `
    <div #log class="chat" role="log" tabindex="0" [attr.aria-label]="label()" (scroll)="scrolled()">
      <div #content class="content">
        @for (day of days(); track day.date.toDateString()) {
          <h3 class="day">{{ dayName(day.date) }}</h3>
          @for (bubble of day.bubbles; track bubble.id) {
            <phone-message-bubble [bubble]="bubble" [showsAuthor]="showsAuthors()" (retry)="retry.emit(bubble.id)" (menu)="menu.emit(bubble)" (played)="played.emit(bubble)" />
          }
        }
        <ng-content />
      </div>
    </div>
    @if (!following()) {
      <button type="button" class="latest" (click)="follow()" [attr.aria-label]="text('chat.latest')"><hilo-icon name="down" /></button>
    }
  `,
  styleUrl: './chat-log.css',
})
export class ChatLog {
  readonly days = input.required<readonly Day[]>();
  readonly label = input.required<string>();
  /** Each message of others says whose it is. */
  readonly showsAuthors = input(false);
  readonly retry = output<string>();
  readonly menu = output<Bubble>();
  readonly played = output<Bubble>();
  protected readonly text = injectText();
  protected readonly following = signal(true);
  #top = 0;
  readonly #language = inject(LanguageChoice);
  private readonly logElement = viewChild.required<ElementRef<HTMLElement>>('log');
  private readonly contentElement = viewChild.required<ElementRef<HTMLElement>>('content');

  constructor() {
    const destroyed = inject(DestroyRef);
    afterRenderEffect(() => {
      const last = this.days().at(-1)?.bubbles.at(-1);
      // What one writes oneself is always shown.
      if (last?.tick === 'sending') this.follow();
    });
    afterNextRender(() => {
      // The size changes with each message, with the on-screen keyboard and when the font arrives.
      const resized = new ResizeObserver(() => this.following() && this.#toEnd());
      resized.observe(this.logElement().nativeElement);
      resized.observe(this.contentElement().nativeElement);
      destroyed.onDestroy(() => resized.disconnect());
    });
  }

  protected scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.logElement().nativeElement;
    const atEnd = scrollHeight - scrollTop - clientHeight < followPx;
    // A picture that has just arrived makes the log longer: only who goes up leaves the end.
    if (atEnd || scrollTop < this.#top) this.following.set(atEnd);
    this.#top = scrollTop;
  }

  protected follow(): void {
    this.following.set(true);
    this.#toEnd();
  }

  protected dayName(date: Date): string {
    const today = new Date();
    const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    if (date.toDateString() === today.toDateString()) return this.text('chat.today');
    if (date.toDateString() === yesterday.toDateString()) return this.text('chat.yesterday');
    return date.toLocaleDateString(this.#language.locale(), { weekday: 'long', day: 'numeric', month: 'long' });
  }

  #toEnd(): void {
    const log = this.logElement().nativeElement;
    log.scrollTop = log.scrollHeight;
  }
}
