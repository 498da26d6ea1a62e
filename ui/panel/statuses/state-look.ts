import type { StatusState } from '../../shared/api/statuses-api';
import type { IconName } from '../../shared/icons/icon-names';

/** How a state looks; its word is in the dictionary. */
export const stateLook: Readonly<Record<StatusState, { icon: IconName; tone: '' | 'ok' | 'warn' | 'bad' }>> = {
  scheduled: { icon: 'clock', tone: '' },
  missed: { icon: 'alert', tone: 'warn' },
  publishing: { icon: 'send', tone: '' },
  published: { icon: 'check', tone: 'ok' },
  unknown: { icon: 'help', tone: 'warn' },
  removing: { icon: 'trash', tone: '' },
  expired: { icon: 'clock', tone: '' },
  removed: { icon: 'trash', tone: '' },
  cancelled: { icon: 'slash', tone: '' },
  failed: { icon: 'alert', tone: 'bad' },
};

/** Causes that have words of their own; every other one is told as it is. */
const told = ['missed', 'interrupted', 'no-audience', 'no-ack', 'link-closed', 'send-failed', 'file-missing', 'ack-479', 'removal-ack-479'] as const;
export type ToldCause = (typeof told)[number];

export const isTold = (cause: string): cause is ToldCause => (told as readonly string[]).includes(cause);
