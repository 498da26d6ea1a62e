import type { IconName } from '../../../shared/icons/icon-names';
import type { Values } from '../../../shared/i18n/fill';
import type { TextKey } from '../i18n/es';
import type { TicketNews } from './ticket-feed';

/** What to say when somebody else took, passed on or closed the ticket that is on the screen; undefined: nothing. */
export function changedElsewhere({ before, after }: TicketNews): { icon: IconName; key: TextKey; values: Values } | undefined {
  if (!before || !after) return undefined;
  const number = after.number;
  if (before.state !== 'closed' && after.state === 'closed') return { icon: 'check', key: 'closed.elsewhere', values: { number } };
  if (before.assignee?.id === after.assignee?.id && before.state === after.state) return undefined;
  if (after.state === 'pending') return before.state === 'in-progress' ? { icon: 'transfer', key: 'transferred.queue', values: { number } } : undefined;
  const name = after.assignee?.name ?? '';
  if (before.state === 'pending') return { icon: 'hand', key: 'taken.elsewhere', values: { number, name } };
  return { icon: 'transfer', key: 'transferred.away', values: { number, name } };
}
