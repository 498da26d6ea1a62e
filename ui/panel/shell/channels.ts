import { Injectable, computed, inject } from '@angular/core';
import { type Channel, ChannelsApi } from '../../shared/api/channels-api';
import { injectLive } from '../../shared/push/live-value';
import { CurrentSession } from '../../shared/session/current-session';
import { type BotState, botStateOf } from './bot-state';

/** The company's numbers, live, for those who may see them. */
@Injectable({ providedIn: 'root' })
export class Channels {
  readonly #api = inject(ChannelsApi);
  readonly #session = inject(CurrentSession);
  readonly live = injectLive<readonly Channel[]>(
    () => (this.#session.can('channels.read') ? this.#api.list() : Promise.resolve([])),
    ({ topic }) => topic === 'channel',
  );
  /** Undefined: not known yet. */
  readonly all = this.live.value;
  /** The number that the bot works on: the first one. */
  readonly first = computed(() => this.all()?.[0]);
  readonly botState = computed((): BotState | undefined => {
    const channel = this.first();
    return channel && botStateOf(channel.state);
  });
  readonly simulatorUrl = computed(() => this.all()?.find(({ simulatorUrl }) => simulatorUrl)?.simulatorUrl);
}
