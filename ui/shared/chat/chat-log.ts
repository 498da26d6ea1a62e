import { Component, DestroyRef, type ElementRef, afterNextRender, afterRenderEffect, computed, inject, input, linkedSignal, output, signal, untracked, viewChild } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { Clock } from '../time/clock';
import { Moments } from '../time/moments';
import { ChatDraft } from './chat-draft';
import { ChatMessage } from './chat-message';
import { FormattedText } from './formatted-text';
import { es } from './i18n/es';
import { injectChatText } from './i18n/inject-text';
import { ScrollPlace } from './scroll-place';
import { type RowWindow, followRows, moveDown, moveUp, newestWindow } from './row-window';
import { type Row, isFromCustomer } from './timeline';

/** Within this distance of the end (CSS pixels) the log follows what arrives. */
const followPx = 48;
/** Within this distance of an edge (CSS pixels) more rows are drawn, or asked for. */
const reachPx = 600;
const dayMs = 86_400_000;
const eventIcons: Record<string, IconName> = { opened: 'headset', taken: 'hand', transferred: 'transfer', closed: 'check', reopened: 'rotate', alarmed: 'alert' };

/**
 * A chat: draws a window of its rows, keeps its place when rows come before or after, follows the end while that is in sight, and
 * asks for older entries when its beginning comes near. One instance shows one conversation.
 */
@Component({
  selector: 'hilo-chat-log',
  imports: [ChatDraft, ChatMessage, FormattedText, Icon],
  templateUrl: './chat-log.html',
  styleUrl: './chat-log.css',
})
export class ChatLog {
  readonly rows = input.required<readonly Row[]>();
  readonly label = input.required<string>();
  /** There is more before the first row. */
  readonly older = input(false);
  readonly loadingOlder = input(false);
  readonly writable = input(false);
  readonly olderWanted = output();
  readonly retry = output<string>();
  readonly discard = output<string>();
  readonly again = output<string>();
  protected readonly text = injectChatText();
  protected readonly moments = inject(Moments);
  protected readonly following = signal(true);
  readonly #clock = inject(Clock);
  private readonly logElement = viewChild.required<ElementRef<HTMLElement>>('log');
  private readonly contentElement = viewChild.required<ElementRef<HTMLElement>>('content');
  readonly #place = new ScrollPlace();
  #begun = false;

  protected readonly window = linkedSignal<readonly Row[], RowWindow>({
    source: this.rows,
    computation: (rows, previous) => (previous ? windowAfter(previous.source, previous.value, rows) : newestWindow(rows.length)),
  });
  protected readonly drawn = computed(() => this.rows().slice(this.window().start, this.window().end));
  /** Id of the newest entry when the person left the end. */
  readonly #seen = signal<string | undefined>(undefined);
  protected readonly unseen = computed(() => {
    const seen = this.#seen();
    const rows = this.rows();
    const from = rows.findIndex(({ id }) => id === seen);
    return from < 0 ? 0 : rows.slice(from + 1).filter((row) => row.kind === 'entry' && isFromCustomer(row.entry)).length;
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    afterRenderEffect(() => {
      const rows = this.drawn();
      if (rows.length > 0) untracked(() => this.#placed(rows));
    });
    afterNextRender(() => {
      // The size changes with each message, with the on-screen keyboard and when the font arrives.
      const resized = new ResizeObserver(() => this.#settle());
      resized.observe(this.logElement().nativeElement);
      resized.observe(this.contentElement().nativeElement);
      destroyed.onDestroy(() => resized.disconnect());
    });
  }

  /** To the newest row, and on with what arrives. */
  follow(): void {
    this.window.set(newestWindow(this.rows().length));
    this.following.set(true);
    this.#seen.set(undefined);
    this.#settle();
  }

  focus(): void {
    this.logElement().nativeElement.focus();
  }

  protected scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.logElement().nativeElement;
    const atEnd = scrollHeight - scrollTop - clientHeight < followPx && this.window().end >= this.rows().length;
    if (this.following() && !atEnd) this.#seen.set(this.rows().findLast(({ kind }) => kind === 'entry')?.id);
    if (atEnd) this.#seen.set(undefined);
    this.following.set(atEnd);
    this.#place.remember(this.logElement().nativeElement);
    this.#reach();
  }

  protected dayName(at: string): string {
    const day = this.moments.weekday(at);
    if (this.moments.isToday(at)) return this.text('today', { day: day.toLocaleLowerCase() });
    if (this.moments.sameDay(at, this.#clock.halfMinute() - dayMs)) return this.text('yesterday', { day: day.toLocaleLowerCase() });
    return day;
  }

  protected whoOf({ agent, author }: Entry): string {
    const key = `author.${author}`;
    return agent?.name ?? this.text(key in es ? (key as keyof typeof es) : 'author.system');
  }

  protected eventIcon({ contentKind = '' }: Entry): IconName {
    return eventIcons[contentKind] ?? 'info';
  }

  protected eventWords(entry: Entry): string {
    if (entry.text) return entry.text;
    const key = `event.${entry.contentKind}`;
    return this.text(key in es ? (key as keyof typeof es) : 'event.other', { who: this.whoOf(entry) });
  }

  /** New rows are on the screen: what one writes oneself is always shown; a chat begins where the unread begins. */
  #placed(rows: readonly Row[]): void {
    const last = rows.at(-1);
    if (last?.kind === 'draft' && last.draft.state === 'sending') this.following.set(true);
    if (!this.#begun) {
      this.#begun = true;
      if (this.#place.goTo(this.logElement().nativeElement, 'unread')) {
        this.scrolled();
        return;
      }
    }
    this.#settle();
    this.#reach();
  }

  #settle(): void {
    const log = this.logElement().nativeElement;
    if (this.following()) log.scrollTop = log.scrollHeight;
    else this.#place.restore(log);
    this.#place.remember(log);
  }

  /** Draws or asks for more where an edge of what is drawn comes near. */
  #reach(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.logElement().nativeElement;
    if (scrollTop < reachPx) {
      if (this.window().start > 0) this.window.update(moveUp);
      else if (this.older() && !this.loadingOlder()) this.olderWanted.emit();
    } else if (scrollHeight - scrollTop - clientHeight < reachPx && this.window().end < this.rows().length) {
      this.window.update((window) => moveDown(window, this.rows().length));
    }
  }
}

/** The window over other rows: its first entry is looked up again, because a day's name before it may have gone. */
function windowAfter(before: readonly Row[], window: RowWindow, rows: readonly Row[]): RowWindow {
  const first = before.findIndex((row, index) => index >= window.start && row.kind === 'entry');
  const now = first < 0 ? -1 : rows.findIndex(({ id }) => id === before[first]!.id);
  return followRows(window, before.length, rows.length, now < 0 ? undefined : Math.max(0, now - (first - window.start)));
}
