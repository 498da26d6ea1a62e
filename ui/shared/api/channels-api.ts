import { Injectable, inject } from '@angular/core';
import type { Frozen } from './frozen';
import { channelsLink } from './generated/fn/channels/channels-link';
import { channelsList } from './generated/fn/channels/channels-list';
import { channelsListGroups } from './generated/fn/channels/channels-list-groups';
import { channelsNotifyGroup } from './generated/fn/channels/channels-notify-group';
import { channelsRestart } from './generated/fn/channels/channels-restart';
import { channelsUnlink } from './generated/fn/channels/channels-unlink';
import type * as api from './generated/models';
import { Http } from './http';

/** A WhatsApp number of the company. */
export type Channel = Frozen<api.Channel>;
/** A WhatsApp group that a number is in. */
export type Group = Frozen<api.Group>;
export type ChannelState = Channel['state'];
/** What the phone must scan or type, and until when. Only who may link sees it. */
export type Pairing = NonNullable<Channel['pairing']>;

@Injectable({ providedIn: 'root' })
export class ChannelsApi {
  readonly #http = inject(Http);

  list(): Promise<Channel[]> {
    return this.#http.call(channelsList, {});
  }

  /** Asks the network for a QR, or for a code to type when the phone's number is given (digits only). */
  link(id: string, number?: string): Promise<unknown> {
    return this.#http.call(channelsLink, { id, body: number ? { code: number } : {} });
  }

  unlink(id: string): Promise<unknown> {
    return this.#http.call(channelsUnlink, { id });
  }

  groups(id: string): Promise<Group[]> {
    return this.#http.call(channelsListGroups, { id });
  }

  /** Which group hears of the number's new tickets. @param group null: none */
  notifyGroup(id: string, group: string | null): Promise<Group[]> {
    return this.#http.call(channelsNotifyGroup, { id, body: { group } });
  }

  restart(id: string): Promise<unknown> {
    return this.#http.call(channelsRestart, { id });
  }
}
