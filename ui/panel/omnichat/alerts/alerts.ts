import { DOCUMENT, DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ApiProblem } from '../../../shared/api/problem';
import { TicketsApi } from '../../../shared/api/tickets-api';
import { Toasts } from '../../../shared/feedback/toasts';
import { CurrentSession } from '../../../shared/session/current-session';
import { injectOmniText } from '../i18n/inject-text';
import { OpenTicket } from '../tickets/open-ticket';
import { TicketCommands } from '../tickets/ticket-commands';
import { TicketFeed, type TicketNews } from '../tickets/ticket-feed';
import { Chime } from './chime';
import { Preferences } from './preferences';
import { type Alert, happenedTo, isRecent } from './what-happened';

/** Calls for attention when somebody new waits, a customer of mine answered, one waits too long, or a ticket was passed to me. */
@Injectable()
export class Alerts {
  readonly #api = inject(TicketsApi);
  readonly #session = inject(CurrentSession);
  readonly #open = inject(OpenTicket);
  readonly #commands = inject(TicketCommands);
  readonly #chime = inject(Chime);
  readonly #preferences = inject(Preferences);
  readonly #toasts = inject(Toasts);
  readonly #router = inject(Router);
  readonly #document = inject(DOCUMENT);
  readonly #text = injectOmniText();
  readonly #told = new Set<string>();
  readonly #unseen = signal<ReadonlySet<string>>(new Set());
  /** Tickets that called while nobody looked. */
  readonly unseen = computed(() => this.#unseen().size);
  #ready = false;

  constructor() {
    inject(TicketFeed).follow((news) => this.#hear(news), () => void this.#begin());
    const looked = (): void => {
      if (this.#isLooking()) this.#unseen.set(new Set());
    };
    this.#document.addEventListener('visibilitychange', looked);
    this.#document.defaultView?.addEventListener('focus', looked);
    inject(DestroyRef).onDestroy(() => {
      this.#document.removeEventListener('visibilitychange', looked);
      this.#document.defaultView?.removeEventListener('focus', looked);
    });
    void this.#begin();
  }

  /** What is so already is no news; after a reset of the log, what came meanwhile is. */
  async #begin(): Promise<void> {
    await this.#session.ready;
    try {
      const [pending, mine] = await Promise.all([this.#api.list({ state: 'pending', limit: 100 }), this.#api.list({ mine: '1', state: 'in-progress', limit: 100 })]);
      const alerts = [...pending.items, ...mine.items].flatMap((ticket) => happenedTo(ticket, this.#me()));
      if (this.#ready) this.#tell(alerts);
      for (const { key } of alerts) this.#told.add(key);
      this.#ready = true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  #hear({ after, whole, id }: TicketNews): void {
    const ticket = whole ?? after;
    if (!ticket || !this.#ready || this.#commands.isUnderWay(id)) return;
    this.#tell(happenedTo(ticket, this.#me()));
  }

  #tell(alerts: readonly Alert[]): void {
    const fresh = alerts.filter((alert) => !this.#told.has(alert.key) && isRecent(alert, Date.now()));
    for (const alert of alerts) this.#told.add(alert.key);
    for (const alert of fresh) if (!this.#isWatched(alert)) this.#call(alert);
  }

  /** The person has this very chat before them. */
  #isWatched({ kind, ticket }: Alert): boolean {
    return kind === 'answered' && this.#isLooking() && this.#open.id() === ticket.id;
  }

  #call(alert: Alert): void {
    const { kind, ticket } = alert;
    const words = this.#text(`alert.${kind}`, { name: ticket.contact.name });
    if (this.#preferences.sound()) this.#chime.ring(kind);
    if (this.#isLooking()) {
      if (kind !== 'opened') this.#toasts.show({ icon: 'bell', words, action: { label: this.#text('nav.chat'), run: () => this.#show(ticket.id) } });
      return;
    }
    this.#unseen.update((unseen) => new Set(unseen).add(ticket.id));
    if (this.#preferences.desktop() && 'Notification' in globalThis && Notification.permission === 'granted') this.#notify(words, ticket.id);
  }

  /** Names only who and what happened: the lock screen of a laptop is no place for what a customer wrote. */
  #notify(words: string, id: string): void {
    const shown = new Notification(words, { tag: id, icon: 'hilo.svg' });
    shown.onclick = () => {
      this.#document.defaultView?.focus();
      shown.close();
      this.#show(id);
    };
  }

  #show(id: string): void {
    void this.#router.navigate(['/omnichat', id]);
  }

  #isLooking(): boolean {
    return this.#document.visibilityState === 'visible' && this.#document.hasFocus();
  }

  #me(): string {
    return this.#session.user()?.id ?? '';
  }
}
