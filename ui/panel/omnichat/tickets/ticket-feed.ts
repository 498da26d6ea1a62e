import { DestroyRef, Injectable, inject } from '@angular/core';
import { ApiProblem } from '../../../shared/api/problem';
import { type Ticket, type TicketItem, TicketsApi } from '../../../shared/api/tickets-api';
import type { Change } from '../../../shared/push/change';
import { Push } from '../../../shared/push/push';

/** What became of a ticket: as it is now, or that one may not see it any more. */
export interface TicketNews {
  readonly id: string;
  readonly before?: TicketItem;
  /** Undefined: it left what I may see. */
  readonly after?: TicketItem;
  /** With its trail, where it was read for this. */
  readonly whole?: Ticket;
}

type Hears = (news: TicketNews) => void;

/** How long changes are collected before they are read. */
const collectMs = 120;
/** More changes than this at once are read as a list again, not one by one. */
const mostAtOnce = 25;

/**
 * Reads each ticket that the change log names once, for all of OmniChat: the queue, the open ticket, the alerts. Knows what was
 * read last of each ticket that is, or was, on the screen.
 */
@Injectable()
export class TicketFeed {
  readonly #api = inject(TicketsApi);
  readonly #known = new Map<string, TicketItem>();
  readonly #ofConversation = new Map<string, string>();
  readonly #hearers = new Set<Hears>();
  readonly #starts = new Set<() => void>();
  readonly #due = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const stop = inject(Push).listen((changes) => this.#changed(changes));
    inject(DestroyRef).onDestroy(() => {
      stop();
      clearTimeout(this.#timer);
    });
  }

  /** @param hears called for each ticket that changed @param starts called when anything may have changed */
  follow(hears: Hears, starts: () => void): void {
    this.#hearers.add(hears);
    this.#starts.add(starts);
  }

  /** Remembers what a list or an answer says. */
  know(items: readonly TicketItem[]): void {
    for (const item of items) {
      this.#known.set(item.id, item);
      this.#ofConversation.set(item.conversation, item.id);
    }
  }

  known(id: string): TicketItem | undefined {
    return this.#known.get(id);
  }

  /** Tells everybody what is, or is about to be, true of a ticket. */
  put(after: TicketItem): void {
    this.#tell({ id: after.id, before: this.#known.get(after.id), after });
  }

  /** Reads a ticket now and tells everybody. */
  async read(id: string): Promise<void> {
    const before = this.#known.get(id);
    try {
      const whole = await this.#api.read(id);
      this.#tell({ id, before, after: whole, whole });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.status === 404 || error.status === 403) this.#tell({ id, before });
    }
  }

  #tell(news: TicketNews): void {
    if (news.after) this.know([news.after]);
    else this.#known.delete(news.id);
    for (const hears of this.#hearers) hears(news);
  }

  #changed(changes?: readonly Change[]): void {
    if (!changes) return this.#start();
    for (const { topic, subject, conversation } of changes) {
      const ticket = topic === 'ticket' ? subject : topic === 'message' && conversation ? this.#ofConversation.get(conversation) : undefined;
      if (ticket) this.#due.add(ticket);
    }
    if (this.#due.size > 0) this.#timer ??= setTimeout(() => this.#readDue(), collectMs);
  }

  #readDue(): void {
    this.#timer = undefined;
    const ids = [...this.#due];
    this.#due.clear();
    if (ids.length > mostAtOnce) return this.#start();
    for (const id of ids) void this.read(id);
  }

  #start(): void {
    for (const starts of this.#starts) starts();
  }
}
