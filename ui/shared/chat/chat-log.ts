import { Dialog } from '@angular/cdk/dialog';
import { Component, DestroyRef, type ElementRef, Injector, afterNextRender, afterRenderEffect, computed, effect, inject, input, linkedSignal, output, signal, untracked, viewChild } from '@angular/core';
import type { Entry } from '../api/conversations-api';
import { Toasts } from '../feedback/toasts';
import { Icon } from '../icons/icon';
import type { IconName } from '../icons/icon-names';
import { Clock } from '../time/clock';
import { Moments } from '../time/moments';
import { ChatDraft } from './chat-draft';
import { ChatMessage, type MessageAct } from './chat-message';
import { FormattedText } from './formatted-text';
import { es } from './i18n/es';
import { injectChatText } from './i18n/inject-text';
import { asideOf } from './message/aside-of';
import { ScrollPlace } from './scroll-place';
import type { Viewing } from './message/media-viewer';
import { type RowWindow, followRows, moveDown, moveUp, newestWindow, windowAround } from './row-window';
import { type Row, isFromCustomer } from './timeline';

/** Within this distance of the end (CSS pixels) the log follows what arrives. */
const followPx = 48;
/** Within this distance of an edge (CSS pixels) more rows are drawn, or asked for. */
const reachPx = 600;
const dayMs = 86_400_000;
/** So many pages are read to find a message that is quoted. */
const mostPages = 10;
/** How long a row that one was led to is marked. */
const pointedMs = 2_000;
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
  readonly giveUp = output<string>();
  readonly again = output<Entry>();
  /** A message is to be answered with a quote, or reacted to. */
  readonly act = output<{ readonly entry: Entry; readonly act: MessageAct }>();
  protected readonly text = injectChatText();
  protected readonly moments = inject(Moments);
  protected readonly following = signal(true);
  protected readonly aside = asideOf;
  /** Id of the row that somebody was led to. */
  protected readonly pointed = signal<string | undefined>(undefined);
  /** WhatsApp's id of a message that is looked for further up, and how many pages may still be read for it. */
  readonly #sought = signal<{ readonly waId: string; readonly pages: number } | undefined>(undefined);
  readonly #clock = inject(Clock);
  readonly #dialog = inject(Dialog);
  readonly #toasts = inject(Toasts);
  private readonly logElement = viewChild.required<ElementRef<HTMLElement>>('log');
  private readonly contentElement = viewChild.required<ElementRef<HTMLElement>>('content');
  readonly #injector = inject(Injector);
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
    effect(() => {
      if (this.#sought() && !this.loadingOlder()) untracked(() => this.#seek());
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

  protected acted(entry: Entry, act: MessageAct): void {
    this.act.emit({ entry, act });
  }

  /** To a message, by WhatsApp's id; older pages are read until it is there. */
  protected jumpTo(waId: string | undefined): void {
    if (waId) this.#sought.set({ waId, pages: mostPages });
  }

  /** Opens a picture or a film large, among the others of this chat. */
  protected async view(entry: Entry): Promise<void> {
    const { MediaViewer } = await import('./message/media-viewer');
    const items = this.rows().flatMap((row) => (row.kind === 'entry' && isViewable(row.entry) ? [row.entry] : []));
    const data: Viewing = { items, first: entry.id };
    this.#dialog.open(MediaViewer, { data, ariaLabelledBy: 'viewer-title', autoFocus: '.stage' });
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

  #seek(): void {
    const sought = this.#sought();
    if (!sought) return;
    const at = this.rows().findIndex((row) => row.kind === 'entry' && row.entry.waId === sought.waId);
    if (at >= 0) return this.#pointTo(at);
    if (!this.older() || sought.pages === 0) {
      this.#sought.set(undefined);
      this.#toasts.show({ icon: 'info', words: this.text('quote.gone') });
      return;
    }
    this.#sought.set({ ...sought, pages: sought.pages - 1 });
    this.olderWanted.emit();
  }

  #pointTo(at: number): void {
    const { id } = this.rows()[at]!;
    this.#sought.set(undefined);
    this.following.set(false);
    this.#seen.set(this.rows().findLast(({ kind }) => kind === 'entry')?.id);
    const { start, end } = this.window();
    if (at < start || at >= end) this.window.set(windowAround(at, this.rows().length));
    this.pointed.set(id);
    afterNextRender(() => {
      this.#place.goTo(this.logElement().nativeElement, id);
      this.#place.remember(this.logElement().nativeElement);
      this.focus();
    }, { injector: this.#injector });
    setTimeout(() => this.pointed.update((now) => (now === id ? undefined : now)), pointedMs);
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

/** What the viewer shows: pictures and films that are here. */
function isViewable({ contentKind, file }: Entry): boolean {
  return (contentKind === 'image' || contentKind === 'video') && file?.state === 'stored';
}
