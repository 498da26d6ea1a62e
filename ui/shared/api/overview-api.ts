import { Injectable, inject } from '@angular/core';
import type { ChannelState } from './channels-api';
import { Http } from './http';
import type { TicketItem } from './tickets-api';

/** Something that needs a person. */
export interface Trouble {
  readonly kind: string;
  readonly text: string;
  readonly since: string;
  readonly action?: string;
}

export interface Dashboard {
  readonly bot: readonly { readonly channel: string; readonly state: ChannelState; readonly since: string }[];
  readonly openTickets: { readonly pending: number; readonly inProgress: number };
  readonly waitingTooLong: number;
  readonly problems: readonly Trouble[];
}

export interface FoundPerson {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly conversation?: string;
}

export interface Found {
  readonly people: readonly FoundPerson[];
  readonly tickets: readonly Pick<TicketItem, 'id' | 'number' | 'state' | 'summary' | 'contact'>[];
}

/** A ticket event that concerns me. */
export interface Notification {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly ticket?: { readonly id: string; readonly number: number };
  readonly text?: string;
}

/** What the shell and the dashboard ask. */
@Injectable({ providedIn: 'root' })
export class OverviewApi {
  readonly #http = inject(Http);

  dashboard(): Promise<Dashboard> {
    return this.#http.get('/api/dashboard');
  }

  search(q: string): Promise<Found> {
    return this.#http.get('/api/search', { q });
  }

  notifications(): Promise<readonly Notification[]> {
    return this.#http.get('/api/notifications');
  }
}
