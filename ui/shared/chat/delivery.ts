import type { IconName } from '../icons/icon-names';
import { type TextKey, es } from './i18n/es';

export type Tick = 'waiting' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

const icons: Record<Tick, IconName> = {
  waiting: 'clock', queued: 'clock', sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', failed: 'alert', unknown: 'help',
};

/** How the state of an outgoing message looks and reads; what this version does not know is told as unknown. */
export function tickOf(state: string): { tick: Tick; icon: IconName; words: TextKey } {
  const tick = state in icons ? (state as Tick) : 'unknown';
  return { tick, icon: icons[tick], words: `tick.${tick}` };
}

/** Why a message did not go out, and what to do: the key of its words; of a refusal that nobody has explained, the network's code. */
export function causeOf(cause: string | undefined): { words: TextKey; code: string } {
  const key = `cause.${cause === 'ack' ? 'refused' : cause}`;
  if (key in es) return { words: key as TextKey, code: '' };
  const code = /^ack-(\d+)$/.exec(cause ?? '')?.[1];
  return code ? { words: 'cause.refused-code', code } : { words: 'cause.unspecified', code: '' };
}
