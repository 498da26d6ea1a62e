import { Inject, Injectable } from '@nestjs/common';
import { acceptText } from '../../../libs/db/accepted-texts.js';
import { forCompany } from '../../../libs/db/company.js';
import { maySeeTicket } from '../../../libs/domain/ticket/access.js';
import type { TicketRefusal } from '../../../libs/domain/ticket/command.js';
import { closeTicket, noteOnTicket, reopenTicket, takeTicket, transferTicket, type UpdatingClient } from '../../../workflows/ticket/client.js';
import { workflowId, type TicketAnswer, type TicketRef } from '../../../workflows/ticket/contract.js';
import { Engine, type Fate } from '../platform/engine/engine.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { withdrawText } from '../platform/withdraw-text.js';
import { refusalOf, type Holder } from './refusals.js';
import { personOf } from './sight.js';
import type { TicketItem, Transfer } from './ticket.schema.js';
import { couldEverSee, ticketAtHand, ticketItem, type TicketAtHand } from './tickets.queries.js';

/** Who asks for what, and under which id: the same id again is the same command. */
export interface Ordered {
  me: SignedIn;
  ticket: string;
  command: string;
}

type Question = (client: UpdatingClient, ref: TicketRef, updateId: string) => Promise<TicketAnswer>;

const holderOf = (at: TicketAtHand | undefined): Holder | undefined => at?.assignee && { owner: at.assignee, since: at.takenAt };

/** Whoever takes a ticket is answered by its row once that says who has it. @throws ProblemException `ticket-taken`, `ticket-closed` */
function refuseSettled(at: TicketAtHand | undefined): undefined {
  if (at?.facts.state === 'closed') throw refusalOf('closed', undefined, new Date());
  if (at?.facts.state === 'in-progress') throw refusalOf('taken', holderOf(at), new Date());
}

/** What people do with tickets: asked of the ticket's workflow, answered from its row. */
@Injectable()
export class TicketCommands {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  /** @throws ProblemException `ticket-taken` naming the owner, without asking the workflow once that is settled */
  async take(ordered: Ordered): Promise<TicketItem> {
    const { me, ticket, command } = ordered;
    const at = await this.#atHand(me, ticket, couldEverSee);
    refuseSettled(at);
    const lookAgain = async (): Promise<undefined> => refuseSettled(await this.#read(me.company, ticket));
    const order = { command, actor: me.user.id };
    const answer = await this.engine.order({
      workflow: this.#workflow(at.ref), command, lookAgain,
      question: (client, updateId) => takeTicket(client, at.ref, order, updateId), settle: () => this.#fate(ordered),
    });
    // Taken by myself under another key a moment ago: as settled as if it had been somebody else.
    return this.#answered(ordered, answer && !answer.ok && answer.reason === 'same' ? { ...answer, reason: 'taken' } : answer);
  }

  async transfer(ordered: Ordered, { to, note }: Transfer): Promise<TicketItem> {
    const { command, me } = ordered;
    return this.#order(ordered, (client, ref, updateId) => transferTicket(client, ref, { command, actor: me.user.id, to }, updateId), 'note', note);
  }

  async note(ordered: Ordered, text: string): Promise<TicketItem> {
    const { command, me } = ordered;
    return this.#order(ordered, (client, ref, updateId) => noteOnTicket(client, ref, { command, actor: me.user.id }, updateId), 'note', text, true);
  }

  async close(ordered: Ordered, comment: string | undefined): Promise<TicketItem> {
    const { command, me } = ordered;
    return this.#order(ordered, (client, ref, updateId) => closeTicket(client, ref, { command, actor: me.user.id }, updateId), 'close-comment', comment);
  }

  async reopen(ordered: Ordered): Promise<TicketItem> {
    const { command, me } = ordered;
    return this.#order(ordered, (client, ref, updateId) => reopenTicket(client, ref, { command, actor: me.user.id }, updateId));
  }

  /** Accepts the text, if there is one, and asks. Of what is refused the text is taken back: nothing is half done. */
  async #order(ordered: Ordered, question: Question, kind?: 'note' | 'close-comment', text = '', isNote = false): Promise<TicketItem> {
    const { me, ticket, command } = ordered;
    const { orm } = this.sources;
    const { ref } = await this.#atHand(me, ticket, maySeeTicket);
    if (kind && text !== '') {
      const accepted = { company: me.company, request: command, conversation: ref.conversation, ticket, agent: me.user.id, kind, text };
      if (!(await forCompany(orm, me.company, (em) => acceptText(em, accepted)))) throw new ProblemException('idempotency-key-reused');
    }
    const answer = await this.engine.order({
      workflow: this.#workflow(ref), command, question: (client, updateId) => question(client, ref, updateId),
      // Only a note is nothing without its text: what else is still on its way is done with the text that was given.
      settle: async (isAnswered) => ((isAnswered || isNote) && (await withdrawText(orm, me.company, command)) ? 'none' : this.#fate(ordered)),
    });
    return this.#answered(ordered, answer);
  }

  /** What became of a command whose answer did not come: what was done has its event. */
  async #fate({ me, ticket, command }: Ordered): Promise<Fate> {
    const done = await forCompany(this.sources.orm, me.company, (em) =>
      em.execute<object[]>(`select 1 from ticket_events where company = ? and ticket = ?::uuid and data->>'command' = ?`, [me.company, ticket, command]));
    return done.length > 0 ? 'done' : 'open';
  }

  async #answered({ me, ticket }: Ordered, answer: TicketAnswer | undefined): Promise<TicketItem> {
    if (answer && !answer.ok) throw await this.#refused(me.company, ticket, answer.reason);
    return (await forCompany(this.sources.orm, me.company, (em) => ticketItem(em, me.company, ticket)))!;
  }

  async #refused(company: string, ticket: string, reason: TicketRefusal): Promise<ProblemException> {
    return refusalOf(reason, holderOf(await this.#read(company, ticket)), new Date());
  }

  /** @throws ProblemException `not-found` for what is not there, and for what this person may not see */
  async #atHand(me: SignedIn, id: string, maySee: typeof maySeeTicket): Promise<TicketAtHand> {
    const at = await this.#read(me.company, id);
    if (!at || !maySee(personOf(me), at.facts)) throw new ProblemException('not-found');
    return at;
  }

  #read(company: string, id: string): Promise<TicketAtHand | undefined> {
    return forCompany(this.sources.orm, company, (em) => ticketAtHand(em, company, id));
  }

  #workflow({ company, number }: TicketRef): string {
    return workflowId(company, number);
  }
}
