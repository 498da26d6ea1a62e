import { Injectable, inject } from '@angular/core';
import { ApiProblem } from '../../../shared/api/problem';
import { type Named, type TicketItem, TicketsApi } from '../../../shared/api/tickets-api';
import { newUuid } from '../../../shared/api/uuid';
import { AgentOutbox } from '../../../shared/chat/agent-outbox';
import type { Content } from '../../../shared/chat/outgoing/content';
import { injectProblemText } from '../../../shared/feedback/inject-problem';
import { Toasts } from '../../../shared/feedback/toasts';
import type { IconName } from '../../../shared/icons/icon-names';
import { CurrentSession } from '../../../shared/session/current-session';
import { injectOmniText } from '../i18n/inject-text';
import { TicketFeed } from './ticket-feed';

type Command = (key: string) => Promise<{ ticket: TicketItem }>;
export type TransferTarget = { readonly agent: Named } | { readonly department: Named };

/** What an agent does with a ticket: shown at once, taken back with the server's words if it says no. */
@Injectable()
export class TicketCommands {
  readonly #api = inject(TicketsApi);
  readonly #feed = inject(TicketFeed);
  readonly #outbox = inject(AgentOutbox);
  readonly #session = inject(CurrentSession);
  readonly #toasts = inject(Toasts);
  readonly #text = injectOmniText();
  readonly #problemText = injectProblemText();
  /** The last command of each ticket that has not been answered: the next one waits for it. */
  readonly #underWay = new Map<string, Promise<boolean>>();

  /** A command of mine on this ticket has not been answered yet. */
  isUnderWay(id: string): boolean {
    return this.#underWay.has(id);
  }

  async take(ticket: TicketItem): Promise<void> {
    const taking = this.#run(ticket, { state: 'in-progress', assignee: this.#me(), takenAt: new Date().toISOString() }, (key) => this.#api.take(ticket.id, key));
    if (await taking) this.#say('hand', this.#text('taken.you', { number: ticket.number }));
  }

  /** Opens a closed ticket again: it is then mine. */
  async reopen(ticket: TicketItem): Promise<void> {
    const change = { state: 'in-progress', assignee: this.#me(), closedAt: undefined } as const;
    if (await this.#run(ticket, change, (key) => this.#api.reopen(ticket.id, key))) this.#say('rotate', this.#text('reopened.you', { number: ticket.number }));
  }

  async close(ticket: TicketItem, comment?: string): Promise<void> {
    const change = { state: 'closed', closedAt: new Date().toISOString(), waitingSince: undefined } as const;
    if (!(await this.#run(ticket, change, (key) => this.#api.close(ticket.id, comment, key)))) return;
    const action = { label: this.#text('reopen'), run: () => this.reopen({ ...ticket, state: 'closed' }) };
    this.#toasts.show({ icon: 'check', words: this.#text('closed.you', { number: ticket.number }), action });
  }

  async transfer(ticket: TicketItem, to: TransferTarget, note?: string): Promise<void> {
    const [name, change, body] = 'agent' in to
      ? ([to.agent.name, { state: 'in-progress', assignee: to.agent }, { agent: to.agent.id }] as const)
      : ([to.department.name, { state: 'pending', assignee: undefined, department: to.department }, { department: to.department.id }] as const);
    const done = await this.#run(ticket, change, (key) => this.#api.transfer(ticket.id, { to: body, note }, key));
    if (done) this.#say('transfer', this.#text('transferred.you', { number: ticket.number, name }));
  }

  /** Sends what was written and, once the server has it, closes. */
  async sendAndClose(ticket: TicketItem, text: string, content?: Content): Promise<void> {
    const sent = await this.#outbox.send({ kind: 'message', conversation: ticket.conversation, ticket: ticket.id, text, content });
    if (sent) await this.close(ticket);
    else this.#say('alert', this.#text('closed.failed'));
  }

  /** Shows the change at once; what is written meanwhile leaves after the command. @returns whether it was done */
  #run(ticket: TicketItem, change: Partial<TicketItem>, command: Command): Promise<boolean> {
    const before = this.#underWay.get(ticket.id);
    this.#feed.put({ ...ticket, ...change });
    const running = this.#ask(ticket, command, before).finally(() => {
      if (this.#underWay.get(ticket.id) === running) this.#underWay.delete(ticket.id);
      void this.#feed.read(ticket.id);
    });
    this.#underWay.set(ticket.id, running);
    this.#outbox.holdFor(ticket.conversation, running);
    return running;
  }

  async #ask(ticket: TicketItem, command: Command, before: Promise<unknown> | undefined): Promise<boolean> {
    await before;
    try {
      this.#feed.put((await command(newUuid())).ticket);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.#feed.put(ticket);
      this.#say('alert', this.#problemText(error));
      return false;
    }
  }

  #me(): Named {
    const { id = '', name = '' } = this.#session.user() ?? {};
    return { id, name };
  }

  #say(icon: IconName, words: string): void {
    this.#toasts.show({ icon, words });
  }
}
