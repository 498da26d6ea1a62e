import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { dashboardRead } from './generated/fn/dashboard/dashboard-read';
import { notificationsList } from './generated/fn/notifications/notifications-list';
import { searchFind } from './generated/fn/search/search-find';
import type * as api from './generated/models';
import { Http } from './http';

export type Dashboard = Frozen<api.Dashboard>;
/** Something that needs a person. */
export type Trouble = Dashboard['problems'][number];
export type Found = Frozen<api.Found>;
export type FoundPerson = Found['people'][number];
/** Something that happened to a ticket or to a number and concerns me. */
export type Notification = Frozen<api.Notification>;

/** What the shell and the dashboard ask. */
@Injectable({ providedIn: 'root' })
export class OverviewApi {
  readonly #http = inject(Http);

  dashboard(): Promise<Dashboard> {
    return this.#http.call(dashboardRead, {});
  }

  search(q: string): Promise<Found> {
    return this.#http.call(searchFind, q === '' ? {} : { q });
  }

  notifications(): Promise<readonly Notification[]> {
    return this.#http.call(notificationsList, {});
  }
}
