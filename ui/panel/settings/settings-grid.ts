import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type CardState, SettingsApi } from '../../shared/api/settings-api';
import { Empty, Failed } from '../../shared/feedback/states';
import { Icon } from '../../shared/icons/icon';
import type { IconName } from '../../shared/icons/icon-names';
import { ListAddress } from '../../shared/list/list-address';
import { SearchBox } from '../../shared/list/search-box';
import { injectLive } from '../../shared/push/live-value';
import type { Topic } from '../../shared/push/change';
import { CurrentSession } from '../../shared/session/current-session';
import { injectPageTitle } from '../shell/page-title';
import { matchingCards } from './card-matching';
import { addressOf, settingsCards } from './cards';
import { injectSettingsText } from './i18n/inject-text';

/** What customers and agents do in chats changes no card. */
const talk: ReadonlySet<Topic> = new Set(['message', 'ticket', 'note']);
const icons: Record<CardState['state'], IconName> = { ready: 'check', off: 'power', incomplete: 'info', failing: 'alert' };

/** The grid of the settings: each part that the role may open, what it is for and how it is. */
@Component({
  selector: 'settings-grid',
  imports: [Empty, Failed, Icon, RouterLink, SearchBox],
  providers: [ListAddress],
  templateUrl: './settings-grid.html',
  styleUrl: './settings-grid.css',
})
export class SettingsGrid {
  readonly #api = inject(SettingsApi);
  readonly #session = inject(CurrentSession);
  protected readonly address = inject(ListAddress);
  protected readonly text = injectSettingsText();
  protected readonly icons = icons;
  protected readonly addressOf = addressOf;
  protected readonly states = injectLive(() => this.#api.cards(), ({ topic }) => !talk.has(topic));
  readonly #byCard = computed(() => new Map(this.states.value()?.map((state) => [state.card, state])));
  protected readonly cards = computed(() => {
    const mine = settingsCards.filter(({ permission }) => this.#session.can(permission));
    return matchingCards(mine, this.address.words(), this.text).map((card) => ({ card, state: this.#byCard().get(card.path) }));
  });

  constructor() {
    injectPageTitle(() => this.text('title'));
  }
}
