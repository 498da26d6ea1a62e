import type { Ticket, TicketItem } from '../../../shared/api/tickets-api';

/** opened: somebody waits · answered: a customer of mine wrote · late: one waits too long · transferred: one was passed to me. */
export type AlertKind = 'opened' | 'answered' | 'late' | 'transferred';

export interface Alert {
  readonly kind: AlertKind;
  /** One thing that happened has one key, however often its ticket is read. */
  readonly key: string;
  readonly ticket: TicketItem;
}

/**
 * What about a ticket is worth telling somebody: the keys of what was told before decide what is new.
 * @param ticket as it is now; its trail, if it was read, tells a transfer from one's own taking
 * @param me id of the person
 */
export function happenedTo(ticket: TicketItem | Ticket, me: string): Alert[] {
  const alerts: Alert[] = [];
  const add = (kind: AlertKind, mark: string): number => alerts.push({ kind, key: `${ticket.id}/${kind}/${mark}`, ticket });
  const isMine = ticket.state === 'in-progress' && ticket.assignee?.id === me;
  if (ticket.state === 'pending') add('opened', lastEntry(ticket));
  if (isMine && ticket.lastMessage?.author === 'customer') add('answered', ticket.lastMessage.at);
  if (ticket.alarmedAt && ticket.waitingSince && (isMine || ticket.state === 'pending')) add('late', ticket.alarmedAt);
  const transfer = isMine ? lastTransfer(ticket) : undefined;
  if (transfer && transfer.actor?.id !== me) add('transferred', transfer.at);
  return alerts;
}

/** When it came into the queue: when it was opened, or last passed to a department. */
function lastEntry(ticket: TicketItem | Ticket): string {
  const passed = 'events' in ticket ? ticket.events.filter(({ kind }) => kind === 'transferred').at(-1) : undefined;
  return passed?.at ?? ticket.openedAt;
}

function lastTransfer(ticket: TicketItem | Ticket) {
  if (!('events' in ticket)) return undefined;
  const turn = ticket.events.filter(({ kind }) => ['taken', 'transferred', 'reopened'].includes(kind)).at(-1);
  return turn?.kind === 'transferred' ? turn : undefined;
}

/** Whether a time is close enough to be news; older things were only not seen by this tab. */
export function isRecent({ key }: Alert, nowMs: number, withinMs = 600_000): boolean {
  const at = Date.parse(key.split('/').at(-1) ?? '');
  return Math.abs(nowMs - at) <= withinMs;
}
