import type { Found } from '../../shared/api/overview-api';
import type { Permission } from '../../shared/api/roles';
import type { IconName } from '../../shared/icons/icon-names';
import { matchingCards } from '../settings/card-matching';
import { addressOf, settingsCards } from '../settings/cards';
import type { TextKey as SettingsTextKey } from '../settings/i18n/es';
import { destinations } from './destinations';
import type { TextKey } from './i18n/es';

/** A line of the search's answer. */
export interface Hit {
  readonly icon: IconName;
  readonly words: string;
  readonly detail: string;
  readonly url: string;
  readonly ownTab: boolean;
}

/** Somebody's chats: OmniChat's queue narrowed to their name or number. */
export const peopleHits = (people: Found['people']): Hit[] =>
  people.map(({ name, phone }) => ({ icon: 'user', words: name, detail: phone ?? '', url: `/omnichat?q=${encodeURIComponent(phone ?? name)}`, ownTab: true }));

export const ticketHits = (tickets: Found['tickets']): Hit[] =>
  tickets.map(({ id, number, summary, contact }) => ({
    icon: 'support',
    words: `#${number} ${contact.name}`,
    detail: summary,
    url: `/omnichat?ticket=${id}`,
    ownTab: true,
  }));

/** Cards of the settings that match what was typed and are no place of the navigation. */
export function settingsHits(query: string, can: (permission: Permission) => boolean, text: (key: SettingsTextKey) => string): Hit[] {
  if (plain(query) === '') return [];
  const mine = settingsCards.filter((card) => can(card.permission) && !destinations.some(({ path }) => path === addressOf(card)));
  return matchingCards(mine, query, text).map((card) => ({ icon: card.icon, words: text(card.name), detail: text('title'), url: addressOf(card), ownTab: false }));
}

/** Screens that the role may see and whose name has what was typed; all of them while nothing is. */
export function screenHits(query: string, can: (permission: Permission) => boolean, text: (key: TextKey) => string): Hit[] {
  const wanted = plain(query);
  return destinations
    .filter(({ permission }) => can(permission))
    .map(({ icon, name, group, path, ownTab }) => ({ icon, words: text(name), detail: text(`nav.${group}`), url: path, ownTab: ownTab ?? false }))
    .filter(({ words }) => plain(words).includes(wanted));
}

/** Without accents, capitals and spaces around: as people type when they search. */
const plain = (words: string): string => words.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
