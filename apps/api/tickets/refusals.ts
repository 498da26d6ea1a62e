import type { TicketRefusal } from '../../../libs/domain/ticket/command.js';
import { ProblemException, type ProblemCode } from '../platform/problem.js';
import type { Named } from './ticket.schema.js';

/** Who has a ticket, and since when. */
export interface Holder {
  owner: Named;
  since: Date | undefined;
}

/** "hace 2 s", "hace 5 min", "hace 3 h". */
export function agoInWords(since: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1_000));
  if (seconds < 90) return `hace ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `hace ${minutes} min` : `hace ${Math.round(minutes / 60)} h`;
}

const codes: Record<TicketRefusal, ProblemCode> = {
  taken: 'ticket-taken',
  closed: 'ticket-closed',
  open: 'ticket-open',
  'not-yours': 'not-yours',
  same: 'already-there',
  nobody: 'target-unknown',
  'another-open': 'another-ticket-open',
};

/** An expected refusal as an answer; where somebody else was faster, it names them. */
export function refusalOf(reason: TicketRefusal, holder: Holder | undefined, now: Date): ProblemException {
  const code = codes[reason];
  if (!holder || (code !== 'ticket-taken' && code !== 'not-yours')) return new ProblemException(code);
  const { owner, since } = holder;
  const taken = `Lo tomó ${owner.name}${since ? ` ${agoInWords(since, now)}` : ''}`;
  return new ProblemException(code, { owner, detail: code === 'ticket-taken' ? taken : `Lo atiende ${owner.name}` });
}
