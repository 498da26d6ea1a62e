import type { NoticeState } from '../../shared/api/notices-api';
import type { IconName } from '../../shared/icons/icon-names';

/** How a state looks; its word is in the dictionary. */
export const stateLook: Readonly<Record<NoticeState, { icon: IconName; tone: '' | 'ok' | 'warn' | 'bad' }>> = {
  queued: { icon: 'clock', tone: '' },
  held: { icon: 'pause', tone: 'warn' },
  sent: { icon: 'check', tone: '' },
  delivered: { icon: 'checks', tone: 'ok' },
  read: { icon: 'eye', tone: 'ok' },
  failed: { icon: 'alert', tone: 'bad' },
  unknown: { icon: 'help', tone: 'warn' },
  expired: { icon: 'clock', tone: 'bad' },
  cancelled: { icon: 'slash', tone: '' },
};
