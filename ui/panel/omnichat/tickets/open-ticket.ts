import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../../shared/api/problem';
import { type Ticket, type TicketItem, TicketsApi } from '../../../shared/api/tickets-api';
import { CurrentSession } from '../../../shared/session/current-session';
import { TicketFeed, type TicketNews } from './ticket-feed';

/** The ticket that the address names: what is known of it at once, the whole of it as soon as it was read. */
@Injectable()
export class OpenTicket {
  readonly #api = inject(TicketsApi);
  readonly #feed = inject(TicketFeed);
  readonly #session = inject(CurrentSession);
  readonly #item = signal<TicketItem | undefined>(undefined);
  readonly #whole = signal<Ticket | undefined>(undefined);
  readonly #problem = signal<ApiProblem | undefined>(undefined);
  readonly #gone = signal(false);
  /** Id of the open ticket; undefined: none. */
  readonly id = signal<string | undefined>(undefined);
  readonly item = computed(() => (this.#item()?.id === this.id() ? this.#item() : undefined));
  /** With its trail and the customer's earlier tickets. */
  readonly whole = computed(() => (this.#whole()?.id === this.id() ? this.#whole() : undefined));
  readonly problem = this.#problem.asReadonly();
  /** It is not, or no longer, mine to see. */
  readonly gone = this.#gone.asReadonly();
  readonly isMine = computed(() => this.item()?.state === 'in-progress' && this.item()?.assignee?.id === this.#session.user()?.id);
  /** Called when somebody else changed the open ticket. */
  onChangedElsewhere: (news: TicketNews) => void = () => undefined;

  constructor() {
    let current = true;
    inject(DestroyRef).onDestroy(() => (current = false));
    this.#feed.follow((news) => current && this.#hear(news), () => void this.read());
    effect(() => {
      const id = this.id();
      untracked(() => {
        this.#gone.set(false);
        this.#item.set(id ? this.#feed.known(id) : undefined);
        void this.read();
      });
    });
  }

  async read(): Promise<void> {
    const id = this.id();
    if (!id) return;
    this.#problem.set(undefined);
    try {
      const whole = await this.#api.read(id);
      if (id !== this.id()) return;
      this.#feed.know([whole]);
      this.#item.set(whole);
      this.#whole.set(whole);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (id !== this.id()) return;
      if (error.status === 404 || error.status === 403) this.#gone.set(true);
      else this.#problem.set(error);
    }
  }

  #hear(news: TicketNews): void {
    if (news.id !== this.id()) return;
    if (news.after) this.#item.set(news.after);
    else this.#gone.set(true);
    if (news.whole) this.#whole.set(news.whole);
    this.onChangedElsewhere(news);
  }
}
