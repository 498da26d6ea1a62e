import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../../shared/api/problem';
import { type TicketCounts, type TicketItem, TicketsApi } from '../../../shared/api/tickets-api';
import { CurrentSession } from '../../../shared/session/current-session';
import { TicketFeed, type TicketNews } from '../tickets/ticket-feed';
import { type Shelf, type Tab, queryOf, standsOn, withPage, withTicket } from './shelf';

const pageSize = 100;
/** Counts are read at most this often while tickets change. */
const countEveryMs = 800;

/** The tickets of one tab: loaded page by page as somebody scrolls, each put in its place as it changes. */
@Injectable()
export class Queue {
  readonly #api = inject(TicketsApi);
  readonly #session = inject(CurrentSession);
  readonly #feed = inject(TicketFeed);
  readonly #items = signal<readonly TicketItem[]>([]);
  readonly #problem = signal<ApiProblem | undefined>(undefined);
  readonly #loaded = signal(false);
  readonly #counts = signal<TicketCounts | undefined>(undefined);
  #cursor: string | undefined;
  #reading = 0;
  #readingMore = false;
  #countTimer: ReturnType<typeof setTimeout> | undefined;

  readonly shelf = signal<Shelf>({ tab: 'pending', q: '' });
  readonly items = this.#items.asReadonly();
  /** Why the last reading failed. */
  readonly problem = this.#problem.asReadonly();
  /** False: nothing of this shelf has been read yet. */
  readonly loaded = this.#loaded.asReadonly();
  readonly counts = this.#counts.asReadonly();
  readonly filtered = computed(() => this.shelf().q.trim() !== '' || this.shelf().department !== undefined);

  constructor() {
    this.#feed.follow((news) => this.#hear(news), () => void this.reload());
    effect(() => {
      this.shelf();
      if (!this.#session.user()) return;
      untracked(() => {
        this.#items.set([]);
        this.#loaded.set(false);
        void this.reload();
      });
    });
  }

  show(tab: Tab): void {
    this.shelf.update((shelf) => ({ ...shelf, tab }));
  }

  /** Reads as many as were loaded again, page by page; what is shown stays until they are there. */
  async reload(): Promise<void> {
    const mine = ++this.#reading;
    const wanted = Math.max(pageSize, this.#items().length);
    let items: readonly TicketItem[] = [];
    let cursor: string | undefined;
    try {
      do {
        const page = await this.#api.list({ ...queryOf(this.shelf()), cursor, limit: pageSize });
        if (mine !== this.#reading) return;
        items = withPage(items, page.items);
        cursor = page.cursor ?? undefined;
        this.#counts.set(page.counts);
      } while (cursor && items.length < wanted);
      this.#feed.know(items);
      this.#cursor = cursor;
      this.#items.set(items);
      this.#problem.set(undefined);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine === this.#reading) this.#problem.set(error);
    } finally {
      if (mine === this.#reading) this.#loaded.set(true);
    }
  }

  /** Reads the next page, if there is one and none is being read. */
  async more(): Promise<void> {
    if (!this.#cursor || this.#readingMore) return;
    const mine = this.#reading;
    this.#readingMore = true;
    try {
      const page = await this.#api.list({ ...queryOf(this.shelf()), cursor: this.#cursor, limit: pageSize });
      if (mine !== this.#reading) return;
      this.#feed.know(page.items);
      this.#cursor = page.cursor ?? undefined;
      this.#items.update((items) => withPage(items, page.items));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem.set(error);
    } finally {
      this.#readingMore = false;
    }
  }

  #hear({ id, after }: TicketNews): void {
    const me = this.#session.user()?.id ?? '';
    this.#items.update((items) => {
      if (!after) return items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items;
      const stoodThere = items.some((item) => item.id === id);
      return withTicket(items, after, standsOn(this.shelf(), after, me, stoodThere), this.#cursor === undefined);
    });
    this.#countTimer ??= setTimeout(() => void this.#count(), countEveryMs);
  }

  async #count(): Promise<void> {
    this.#countTimer = undefined;
    try {
      this.#counts.set((await this.#api.list({ state: 'pending', limit: 1 })).counts);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }
}
