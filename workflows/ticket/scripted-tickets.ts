import { randomUUID } from 'node:crypto';
import type { GroupActivities } from '../../activities/groups.js';
import type { ReplyActivities } from '../../activities/replies.js';
import type { TicketActivities, TicketCommandRequest } from '../../activities/tickets.js';
import { mayWriteIn, type Person } from '../../libs/domain/ticket/access.js';
import type { Target, Ticket, TicketCommand } from '../../libs/domain/ticket/command.js';
import { decideTicket } from '../../libs/domain/ticket/decide.js';
import { alarmAt } from '../../libs/domain/ticket/waiting.js';
import type { TicketRef, TicketSnapshot } from './contract.js';

/** A ticket without a database. */
export interface ScriptedTicket extends Ticket {
  ref: TicketRef;
  waitingSinceMs?: number;
  alarms: number;
}

const snapshotOf = ({ state, assignee, takenAtMs, closedAtMs }: Ticket): TicketSnapshot => ({
  state,
  ...(assignee !== undefined && { assignee }),
  ...(takenAtMs !== undefined && { takenAtMs }),
  ...(closedAtMs !== undefined && { closedAtMs }),
});

/** Tickets in memory for specs of the workflows: the same decisions, no rows. Everybody is an operator who may see all that waits. */
export class ScriptedTickets {
  readonly tickets = new Map<string, ScriptedTicket>();
  /** Texts that agents wrote, in order of acceptance: by request. */
  readonly accepted: { request: string; conversation: string; agent: string; isMessage: boolean }[] = [];
  /** Requests whose message has a file to be uploaded. */
  readonly withFile = new Set<string>();
  /** Commands that reached the rows. */
  readonly commands: TicketCommandRequest[] = [];
  /** How often the next commands fail before they work. */
  failingCommands = 0;
  /** The number whose group hears of tickets. */
  groupChannel = '';
  private numbers = 0;

  constructor(
    private readonly log: (conversation: string, entry: string) => void,
    private readonly now: () => Promise<number>,
  ) {}

  /** A ticket whose row exists, in the queue. */
  async add(company: string, conversation: string): Promise<ScriptedTicket> {
    this.numbers += 1;
    const ref = { company, conversation, ticket: randomUUID(), contact: randomUUID(), number: this.numbers };
    const made: ScriptedTicket = { ref, state: 'pending', hasSuccessor: false, alarms: 0, waitingSinceMs: await this.now() };
    this.tickets.set(ref.ticket, made);
    return made;
  }

  /** What an agent wrote, as the API accepts it. */
  accept(conversation: string, agent: string): string {
    const request = randomUUID();
    this.accepted.push({ request, conversation, agent, isMessage: false });
    return request;
  }

  openIn(conversation: string): ScriptedTicket | undefined {
    return [...this.tickets.values()].find((one) => one.ref.conversation === conversation && one.state !== 'closed');
  }

  /** Answers that agents gave in a group: who, by the answer's id. */
  readonly answers = new Map<string, string>();

  readonly activities: GroupActivities & ReplyActivities & TicketActivities = {
    answerInGroup: async ({ company, ticket: id, answer }) => {
      const ticket = this.tickets.get(id)!;
      const agent = this.answers.get(answer)!;
      const taken = await this.activities.ticketCommand({ company, ticket: id, command: answer, kind: 'take', actor: agent });
      const text = { channel: this.groupChannel, message: `${ticket.ref.conversation}:heard ${answer}` };
      return { ...(taken.ok ? { ticket: taken.ticket } : {}), text };
    },

    expireGroupText: ({ message }) => {
      this.log(message.split(':')[0]!, `expire ${message}`);
      return Promise.resolve();
    },

    openTicket: async ({ company, conversation, step }) => {
      const { ref } = this.openIn(conversation) ?? (await this.add(company, conversation));
      this.log(conversation, `open ${step}`);
      return ref;
    },

    ticketCommand: async (request) => {
      if (this.failingCommands-- > 0) throw new Error('database is away');
      this.commands.push(request);
      const ticket = this.tickets.get(request.ticket)!;
      const decision = decideTicket(ticket, commandOf(request), operator(request.actor), await this.now());
      if (!decision.ok) return decision;
      for (const [key, value] of Object.entries(decision.change)) {
        if (value === null) delete ticket[key as keyof Ticket];
        else Object.assign(ticket, { [key]: value });
      }
      if (request.kind === 'close' || request.kind === 'reopen') delete ticket.waitingSinceMs;
      return { ok: true, ticket: snapshotOf(ticket) };
    },

    checkTicket: async ({ ticket: id }) => {
      const ticket = this.tickets.get(id)!;
      const seen = { ticket: snapshotOf(ticket) };
      const nowMs = await this.now();
      const dueMs = alarmAt(ticket.waitingSinceMs, 10);
      if (dueMs === undefined || ticket.alarms > 0) return seen;
      if (nowMs < dueMs) return { ...seen, dueInMs: dueMs - nowMs };
      ticket.alarms += 1;
      return seen;
    },

    acceptReply: ({ conversation, request }) => {
      const open = this.openIn(conversation);
      const upTo = this.accepted.findIndex((one) => one.request === request);
      const waiting = this.accepted.filter((one, index) => index <= upTo && one.conversation === conversation && !one.isMessage);
      const own = this.accepted[upTo]!;
      if (!own.isMessage && (open === undefined || !mayWriteIn({ id: own.agent }, open))) {
        return Promise.resolve({ answer: { ok: false, reason: open === undefined ? 'closed' : 'not-yours' }, send: [] });
      }
      for (const one of waiting) one.isMessage = true;
      delete open?.waitingSinceMs;
      const message = (of: string): string => `${conversation}:${of}`;
      const media = waiting.filter((one) => this.withFile.has(one.request)).map((one) => message(one.request));
      return Promise.resolve({ answer: { ok: true, message: message(request) }, send: waiting.map((one) => message(one.request)), ...(media.length ? { media } : {}) });
    },
  };
}

const operator = (id: string): Person => ({ id, role: 'operator', departments: [] });

function commandOf({ kind, to }: TicketCommandRequest): TicketCommand {
  if (kind !== 'transfer') return { kind };
  const target: Target | undefined = to && ('agent' in to ? { agent: operator(to.agent) } : to);
  return { kind, target };
}
