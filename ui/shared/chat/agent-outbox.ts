import { Injectable, inject } from '@angular/core';
import { ConversationsApi } from '../api/conversations-api';
import { ApiProblem } from '../api/problem';
import { TicketsApi } from '../api/tickets-api';
import type { Watch } from '../api/watch';
import { type Draft, Outbox } from './outbox';
import { replyOf } from './outgoing/content';

/** The agent's own outbox: replies go to the conversation, after their file; notes to the ticket. */
@Injectable({ providedIn: 'root' })
export class AgentOutbox extends Outbox {
  constructor() {
    const [conversations, tickets] = [inject(ConversationsApi), inject(TicketsApi)];
    /** Files that are with the server while their message is not: a second try does not put them up again. */
    const uploads = new Map<string, string>();
    const uploadOf = async ({ key, conversation, content }: Draft, watch: Watch): Promise<string | undefined> => {
      if (!content?.attachment) return undefined;
      const known = uploads.get(key);
      const id = known ?? (await conversations.upload(conversation, content.attachment, watch)).id;
      uploads.set(key, id);
      watch.progress(1);
      return id;
    };
    super(async (draft, watch) => {
      const { kind, conversation, ticket, text, content, key } = draft;
      if (kind === 'note') {
        await tickets.note(ticket, text, key);
        return undefined;
      }
      const upload = await uploadOf(draft, watch);
      const entry = await conversations.reply(conversation, replyOf(text, content, upload), key).catch((error: unknown) => {
        // The server keeps it for a day only: another try puts it up anew.
        if (error instanceof ApiProblem && error.code === 'upload-unknown') uploads.delete(key);
        throw error;
      });
      uploads.delete(key);
      return entry;
    });
  }
}
