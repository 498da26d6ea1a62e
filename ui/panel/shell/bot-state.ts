import type { ChannelState } from '../../shared/api/channels-api';
import type { IconName } from '../../shared/icons/icon-names';

/** What the product calls the states of a number (requirements/000): three, whatever the link goes through. */
export type BotState = 'connected' | 'waiting' | 'disconnected';

export function botStateOf(state: ChannelState): BotState {
  if (state === 'linked') return 'connected';
  return state === 'waiting' ? 'waiting' : 'disconnected';
}

export const botStateLook: Readonly<Record<BotState, { icon: IconName; tone: 'ok' | 'warn' | 'bad' }>> = {
  connected: { icon: 'check', tone: 'ok' },
  waiting: { icon: 'qr', tone: 'warn' },
  disconnected: { icon: 'wifioff', tone: 'bad' },
};
