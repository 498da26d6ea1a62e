import type { Found } from '../../shared/api/overview-api';
import type { Permission } from '../../shared/api/roles';
import type { IconName } from '../../shared/icons/icon-names';
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
