import type { Channel } from '../../shared/api/channels-api';
import type { TextKey } from './i18n/es';

/** What there is to say about a number: keys of its words. */
export interface Reason {
  title: TextKey;
  what: TextKey;
  isBad: boolean;
  /** ISO time at which it is over by itself. */
  until?: string;
}

const named = (key: 'refused' | 'logged-out' | 'banned' | 'replaced' | 'refused-for-now', isBad = false): Reason =>
  ({ title: `reason.${key}`, what: `reason.${key}.what`, isBad });

/** Why a number is not linked, else what WhatsApp forbids it; nothing where all is well, or where only a link is awaited. */
export function reasonOf({ state, stateReason, restriction }: Pick<Channel, 'state' | 'stateReason' | 'restriction'>, nowMs: number): Reason | undefined {
  if (state === 'refused') return named('refused', true);
  if (state === 'logged-out') return stateReason === 'banned' ? named('banned', true) : named('logged-out');
  if (state === 'connecting' && (stateReason === 'replaced' || stateReason === 'refused-for-now')) return named(stateReason);
  if (!restriction || Date.parse(restriction.until) <= nowMs) return undefined;
  const { stops, until } = restriction;
  return { title: `restricted.${stops}`, what: `restricted.${stops}.what`, isBad: stops === 'everything', until };
}
