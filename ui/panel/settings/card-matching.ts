import type { SettingsCard } from './cards';
import type { TextKey } from './i18n/es';

/** Without accents and capitals: as people type when they search. */
const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The cards whose name, text or keywords have every word that was typed; all of them while none is. */
export function matchingCards(cards: readonly SettingsCard[], typed: string, text: (key: TextKey) => string): SettingsCard[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return cards.filter((card) => {
    const has = plain([card.name, card.text, card.keywords].map(text).join(' '));
    return wanted.every((word) => has.includes(word));
  });
}
