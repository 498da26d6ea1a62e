import { Injectable, inject } from '@angular/core';
import { ConversationsApi } from '../api/conversations-api';
import { TicketsApi } from '../api/tickets-api';
import { Outbox } from './outbox';

/** The agent's own outbox: replies go to the conversation, notes to the ticket. */
@Injectable({ providedIn: 'root' })
export class AgentOutbox extends Outbox {
  constructor() {
    const [conversations, tickets] = [inject(ConversationsApi), inject(TicketsApi)];
    super(async ({ kind, conversation, ticket, text, key }) => {
      if (kind === 'message') return conversations.reply(conversation, text, key);
      await tickets.note(ticket, text, key);
      return undefined;
    });
  }
}
