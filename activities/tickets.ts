import { forCompany } from '../libs/db/company.js';
import type { MikroORM } from '../libs/db/orm.js';
import { DomainError } from '../libs/domain/errors.js';
import type { Target, Ticket, TicketChange, TicketCommand, TicketCommandKind } from '../libs/domain/ticket/command.js';
import { decideTicket } from '../libs/domain/ticket/decide.js';
import { alarmAt } from '../libs/domain/ticket/waiting.js';
import { orFailure } from '../libs/temporal/failures.js';
import type { TicketAnswer, TicketSnapshot } from '../workflows/ticket/contract.js';
import { addEvent, departmentExists, lockTicket, personOf } from './ticket-rows.js';
import { openTicketIn, type OpenTicketRequest, type OpenedTicket } from './open-ticket.js';

type Em = Parameters<Parameters<typeof forCompany>[2]>[0];

export interface TicketCommandRequest {
  company: string;
  ticket: string;
  /** Id of the command: done once under it. Its text, if it has one, is the row accepted under it. */
  command: string;
  kind: TicketCommandKind;
  actor: string;
  /** Where a transfer goes: ids. */
  to?: { agent: string } | { department: string };
}

export interface LookedAt {
  ticket: TicketSnapshot;
  /** When the alarm is due, in milliseconds from now; absent when nobody waits, or it has been raised. */
  dueInMs?: number;
}

export interface TicketDeps {
  orm: MikroORM;
  now: () => number;
}

async function targetOf(em: Em, company: string, to: TicketCommandRequest['to']): Promise<Target | undefined> {
  if (to === undefined) return undefined;
  if ('department' in to) return (await departmentExists(em, company, to.department)) ? to : undefined;
  const agent = await personOf(em, company, to.agent);
  return agent && { agent };
}

const commandOf = async (em: Em, { company, kind, to }: TicketCommandRequest): Promise<TicketCommand> =>
  kind === 'transfer' ? { kind, target: await targetOf(em, company, to) } : { kind };

const at = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString());

/** Writes what a decision changes, and what goes with it: who waits begins anew when a ticket ends or is taken up again. */
async function apply(em: Em, { company, ticket: id, kind }: TicketCommandRequest, before: Ticket, change: TicketChange, comment: string | null) {
  const after = { ...before, ...change };
  await em.execute(
    `update tickets set state = ?, assignee = ?::uuid, department = ?::uuid, taken_at = ?::timestamptz, closed_at = ?::timestamptz,
        closed_by = case when ?::text = 'closed' then coalesce(?::uuid, closed_by) end, close_comment = coalesce(?, close_comment),
        waiting_since = case when ? then null else waiting_since end, alarmed_at = case when ? then null else alarmed_at end,
        revision = revision + 1
      where company = ? and id = ?::uuid`,
    [
      after.state, after.assignee ?? null, after.department ?? null, at(after.takenAtMs), at(after.closedAtMs), after.state,
      change.closedBy ?? null, comment, kind === 'close' || kind === 'reopen', kind === 'close' || kind === 'reopen', company, id,
    ],
  );
}

const snapshotOf = (ticket: Ticket, change: TicketChange = {}): TicketSnapshot => {
  const after = { ...ticket, ...change };
  return {
    state: after.state,
    ...(after.assignee == null ? {} : { assignee: after.assignee }),
    ...(after.takenAtMs == null ? {} : { takenAtMs: after.takenAtMs }),
    ...(after.closedAtMs == null ? {} : { closedAtMs: after.closedAtMs }),
  };
};

/** The text that was accepted under a command, marked as settled. */
async function textOf(em: Em, { company, ticket, command, actor }: TicketCommandRequest): Promise<string | null> {
  const [row] = await em.execute<{ text: string }[]>(
    `update outbox_texts set settled_at = coalesce(settled_at, clock_timestamp())
      where company = ? and request = ?::uuid and ticket = ?::uuid and agent = ?::uuid and kind <> 'reply' returning text`,
    [company, command, ticket, actor],
  );
  return row?.text ?? null;
}

/** Whether a command was done before: its event is there. */
async function isDone(em: Em, { company, ticket, command }: TicketCommandRequest): Promise<boolean> {
  const rows = await em.execute<object[]>(
    `select 1 from ticket_events where company = ? and ticket = ?::uuid and data->>'command' = ?`,
    [company, ticket, command],
  );
  return rows.length > 0;
}

/** Decides about a command in this transaction, and writes it. Idempotent by command. @throws DomainError `ticket-unknown`, `person-unknown`, `text-unknown` */
export async function executeCommand(em: Em, request: TicketCommandRequest, nowMs: number): Promise<TicketAnswer> {
  const { company, ticket: id, command, kind } = request;
  const togglesConversation = kind === 'close' || kind === 'reopen';
  const ticket = await lockTicket(em, company, id, { conversation: togglesConversation });
  if (await isDone(em, request)) return { ok: true, ticket: snapshotOf(ticket) };
  const actor = await personOf(em, company, request.actor);
  if (!actor) throw new DomainError('person-unknown');
  const decision = decideTicket(ticket, await commandOf(em, request), actor, nowMs);
  if (!decision.ok) return decision;
  const text = await textOf(em, request);
  if (kind === 'note' && text === null) throw new DomainError('text-unknown');
  await apply(em, request, ticket, decision.change, kind === 'close' ? text : null);
  if (kind !== 'close' && text !== null) {
    await em.execute('insert into notes (company, id, conversation, ticket, author, text) values (?, ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?)', [
      company, command, ticket.conversation, id, actor.id, text,
    ]);
  }
  if (togglesConversation) {
    await em.execute('update conversations set ticket = ?::uuid where company = ? and id = ?::uuid', [
      kind === 'close' ? null : id, company, ticket.conversation,
    ]);
  }
  const { kind: event, ...data } = decision.event;
  await addEvent(em, company, id, { kind: event, actor: actor.id, data: { command, ...data } });
  return { ok: true, ticket: snapshotOf(ticket, decision.change) };
}

/** Raises the alarm of a ticket whose customer has waited too long; else says when to look again. */
async function lookAt(em: Em, company: string, ticket: string, nowMs: number): Promise<LookedAt> {
  const facts = await lockTicket(em, company, ticket, { conversation: false });
  const seen = { ticket: snapshotOf(facts) };
  const [row] = await em.execute<{ since: string | null; alarmed: boolean; minutes: number }[]>(
    `select floor(extract(epoch from t.waiting_since) * 1000)::text since, t.alarmed_at is not null alarmed,
        c.waiting_alarm_minutes minutes
      from tickets t join companies c on c.id = t.company where t.company = ? and t.id = ?::uuid`,
    [company, ticket],
  );
  const dueMs = alarmAt(row!.since === null ? undefined : Number(row!.since), row!.minutes);
  if (facts.state === 'closed' || dueMs === undefined || row!.alarmed) return seen;
  if (nowMs < dueMs) return { ...seen, dueInMs: dueMs - nowMs };
  await em.execute('update tickets set alarmed_at = ?::timestamptz where company = ? and id = ?::uuid', [at(nowMs), company, ticket]);
  await addEvent(em, company, ticket, { kind: 'alarmed' });
  return seen;
}

/** Tickets' rows: opened for conversations, changed by commands. Each is idempotent and holds the row while it decides. */
export function createTicketActivities({ orm, now }: TicketDeps) {
  return {
    /** Opens the ticket that a conversation's step asks for; a repeat, and a step that finds one open, answer with that one. */
    openTicket: (request: OpenTicketRequest): Promise<OpenedTicket> =>
      orFailure(() => forCompany(orm, request.company, (em) => openTicketIn(em, request))),

    /** Lets libs/domain decide about a command, and writes row, trail and text. Expected refusals are values. */
    ticketCommand: (request: TicketCommandRequest): Promise<TicketAnswer> =>
      orFailure(() => forCompany(orm, request.company, (em) => executeCommand(em, request, now()))),

    /** Raises the alarm where a customer has waited too long; says how the ticket is. */
    checkTicket: ({ company, ticket }: { company: string; ticket: string }): Promise<LookedAt> =>
      orFailure(() => forCompany(orm, company, (em) => lookAt(em, company, ticket, now()))),
  };
}

export type TicketActivities = ReturnType<typeof createTicketActivities>;
