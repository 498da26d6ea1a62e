import { can } from '../permissions.js';
import { maySeeTicket, mayWriteIn, type Person } from './access.js';
import type { Target, Ticket, TicketCommand, TicketDecision, TicketRefusal } from './command.js';

/**
 * What a command of somebody makes of a ticket: a pure function. A repeat of what is so already is refused as `same`, so that
 * nobody's screen shows twice what happened once.
 * @param nowMs ms since 1970
 */
export function decideTicket(ticket: Ticket, command: TicketCommand, actor: Person, nowMs: number): TicketDecision {
  if (!maySeeTicket(actor, ticket)) return refused(ticket, isTakenByOther(ticket, actor) ? 'taken' : 'not-yours');
  switch (command.kind) {
    case 'take':
      return take(ticket, actor, nowMs);
    case 'transfer':
      return transfer(ticket, command.target, actor, nowMs);
    case 'note':
      return ticket.state === 'closed' ? refused(ticket, 'closed') : { ok: true, change: {}, event: { kind: 'noted' } };
    case 'close':
      return close(ticket, actor, nowMs);
    case 'reopen':
      return reopen(ticket, actor, nowMs);
  }
}

function take(ticket: Ticket, actor: Person, nowMs: number): TicketDecision {
  if (ticket.state === 'closed') return refused(ticket, 'closed');
  if (ticket.state === 'in-progress') return refused(ticket, ticket.assignee === actor.id ? 'same' : 'taken');
  return {
    ok: true,
    change: { state: 'in-progress', assignee: actor.id, takenAtMs: nowMs },
    event: { kind: 'taken', agent: actor.id },
  };
}

function transfer(ticket: Ticket, target: Target | undefined, actor: Person, nowMs: number): TicketDecision {
  if (ticket.state === 'closed') return refused(ticket, 'closed');
  if (!isInCharge(ticket, actor)) return refused(ticket, 'not-yours');
  if (target === undefined) return refused(ticket, 'nobody');
  const from = ticket.assignee === undefined ? {} : { from: ticket.assignee };
  if ('agent' in target) {
    const { agent } = target;
    if (!can(agent.role, 'omnichat.use')) return refused(ticket, 'nobody');
    if (mayWriteIn(agent, ticket)) return refused(ticket, 'same');
    return {
      ok: true,
      change: { state: 'in-progress', assignee: agent.id, takenAtMs: nowMs },
      event: { kind: 'transferred', ...from, agent: agent.id },
    };
  }
  if (ticket.state === 'pending' && ticket.department === target.department) return refused(ticket, 'same');
  return {
    ok: true,
    change: { state: 'pending', assignee: null, takenAtMs: null, department: target.department },
    event: { kind: 'transferred', ...from, department: target.department },
  };
}

function close(ticket: Ticket, actor: Person, nowMs: number): TicketDecision {
  if (ticket.state === 'closed') return refused(ticket, 'closed');
  if (!isInCharge(ticket, actor)) return refused(ticket, 'not-yours');
  return { ok: true, change: { state: 'closed', closedAtMs: nowMs, closedBy: actor.id }, event: { kind: 'closed' } };
}

function reopen(ticket: Ticket, actor: Person, nowMs: number): TicketDecision {
  if (ticket.state !== 'closed') return refused(ticket, 'open');
  if (ticket.hasSuccessor) return refused(ticket, 'another-open');
  return {
    ok: true,
    change: { state: 'in-progress', assignee: actor.id, takenAtMs: nowMs, closedAtMs: null, closedBy: null },
    event: { kind: 'reopened', agent: actor.id },
  };
}

/** Whether somebody may give a ticket away or end it: who has it, and who looks after all of them. */
function isInCharge(ticket: Ticket, actor: Person): boolean {
  return mayWriteIn(actor, ticket) || can(actor.role, 'tickets.all');
}

function isTakenByOther(ticket: Ticket, actor: Person): boolean {
  return ticket.state === 'in-progress' && ticket.assignee !== actor.id;
}

function refused(ticket: Ticket, reason: TicketRefusal): TicketDecision {
  const { assignee, takenAtMs, state } = ticket;
  const by = state === 'in-progress' && assignee !== undefined ? { by: { agent: assignee, atMs: takenAtMs ?? 0 } } : {};
  return { ok: false, reason, ...by };
}
