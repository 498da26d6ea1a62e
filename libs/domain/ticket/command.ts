import type { Person, TicketFacts } from './access.js';

/** A ticket as a command finds it. Times in ms since 1970. */
export interface Ticket extends TicketFacts {
  takenAtMs?: number;
  closedAtMs?: number;
  /** Whether its conversation has another ticket that is open: it can have one at a time. */
  hasSuccessor: boolean;
}

/** To whom a ticket goes: a colleague who may work on tickets, or back into the queue of a department. */
export type Target = { agent: Person } | { department: string };

export type TicketCommand =
  | { kind: 'take' }
  /** `target` is undefined when there is no such colleague (any more) or department. */
  | { kind: 'transfer'; target: Target | undefined }
  | { kind: 'note' }
  | { kind: 'close' }
  | { kind: 'reopen' };

export const ticketCommandKinds = ['take', 'transfer', 'note', 'close', 'reopen'] as const satisfies readonly TicketCommand['kind'][];
export type TicketCommandKind = TicketCommand['kind'];

/**
 * Why a command is not done. taken: another agent has it · closed, open: it is not in that state · not-yours: the person may not ·
 * same: it is so already · nobody: the colleague or department to transfer to does not exist · another-open: the customer has a newer
 * ticket.
 */
export const ticketRefusals = ['taken', 'closed', 'open', 'not-yours', 'same', 'nobody', 'another-open'] as const;
export type TicketRefusal = (typeof ticketRefusals)[number];

/** What becomes of a ticket's row: null empties a field, absent leaves it. */
export interface TicketChange {
  state?: TicketFacts['state'];
  assignee?: string | null;
  department?: string;
  takenAtMs?: number | null;
  closedAtMs?: number | null;
  closedBy?: string | null;
}

/** What the ticket's trail remembers: ids only. */
export interface TicketEvent {
  kind: 'taken' | 'transferred' | 'noted' | 'closed' | 'reopened';
  /** Who had it before, and who has it now; by id. */
  from?: string;
  agent?: string;
  department?: string;
}

export type TicketDecision =
  | { ok: true; change: TicketChange; event: TicketEvent }
  /** `by`: who has the ticket, and since when. */
  | { ok: false; reason: TicketRefusal; by?: { agent: string; atMs: number } };
