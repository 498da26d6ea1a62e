import { Inject, Injectable } from '@nestjs/common';
import { acceptText, settledReply } from '../../../libs/db/accepted-texts.js';
import { forCompany } from '../../../libs/db/company.js';
import { mayWriteIn } from '../../../libs/domain/ticket/access.js';
import { reply } from '../../../workflows/conversation/client.js';
import { workflowId, type ReplyAnswer } from '../../../workflows/conversation/contract.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { Engine } from '../platform/engine/engine.js';
import { ProblemException } from '../platform/problem.js';
import { SOURCES, type Sources } from '../platform/sources.js';
import { withdrawText } from '../platform/withdraw-text.js';
import { refusalOf } from '../tickets/refusals.js';
import { ticketAtHand } from '../tickets/tickets.queries.js';
import type { Entry, ReplyContent } from './conversation.schema.js';
import { conversationAtHand, type ConversationAtHand } from './conversations.queries.js';
import { messageEntry } from './entries.queries.js';
import { outgoingOf, type Outgoing } from './reply-content.js';

export type AskedReply = {
  me: SignedIn;
  conversation: string;
  request: string;
} & (
  | { reply: ReplyContent }
  /** Made only once for a request: what a system hands out again need not be the same to the byte. */
  | { outgoing: () => Promise<Outgoing> }
);

/** What agents write to customers: accepted as a row, made a message by the conversation's workflow. */
@Injectable()
export class Replies {
  constructor(
    @Inject(SOURCES) private readonly sources: Sources,
    private readonly engine: Engine,
  ) {}

  /** @returns the message, queued. @throws ProblemException `not-yours`, `ticket-closed`, `upload-unknown`, `message-unknown`, `engine-away`; then no text stays behind */
  async send(asked: AskedReply): Promise<Entry> {
    const { me, request, conversation } = asked;
    const { company } = me;
    const channel = await this.#accept(asked);
    const ref = { company, conversation, channel };
    const answer = await this.engine.order({
      workflow: workflowId(company, conversation), command: request,
      question: (client, updateId) => reply(client, ref, request, updateId),
      settle: async () => ((await withdrawText(this.sources.orm, company, request)) ? 'none' : 'done'),
    });
    const settled = answer ?? (await this.#settledAs(company, conversation, request));
    if (!settled.ok) throw await this.#refused(me, conversation, settled.reason);
    return (await forCompany(this.sources.orm, company, (em) => messageEntry(em, company, settled.message)))!;
  }

  /** What the workflow made of a text, where its answer did not come. */
  async #settledAs(company: string, conversation: string, request: string): Promise<ReplyAnswer> {
    const settled = await forCompany(this.sources.orm, company, (em) => settledReply(em, { company, conversation, request }));
    return settled?.message ? { ok: true, message: settled.message } : { ok: false, reason: settled?.refusal ?? 'closed' };
  }

  /** Keeps the text if this person may write now. Committed before the workflow is asked. @returns the conversation's channel */
  async #accept(asked: AskedReply): Promise<string> {
    const { me, conversation, request } = asked;
    const { company, user } = me;
    const known = 'outgoing' in asked && (await this.#acceptedIn(me, conversation, request));
    if (known) return known;
    const made = 'outgoing' in asked ? await asked.outgoing() : undefined;
    const at = await forCompany(this.sources.orm, company, async (em): Promise<ConversationAtHand | undefined> => {
      const found = await conversationAtHand(em, me, conversation);
      if (!found.newest || !mayWriteIn(user, found.newest.facts)) return undefined;
      const outgoing = 'reply' in asked ? await outgoingOf(em, me, conversation, asked.reply) : made!;
      const accepted = { company, request, conversation, ticket: found.newest.id, agent: user.id, kind: 'reply' as const, ...outgoing };
      if (!(await acceptText(em, accepted))) throw new ProblemException('idempotency-key-reused');
      return found;
    });
    if (!at) throw await this.#refused(me, conversation);
    return at.channel.id;
  }

  /** The conversation's channel, if this person's message was accepted there under this request already. */
  async #acceptedIn(me: SignedIn, conversation: string, request: string): Promise<string | undefined> {
    return forCompany(this.sources.orm, me.company, async (em) => {
      const found = await conversationAtHand(em, me, conversation);
      const [row] = await em.execute<object[]>(
        'select 1 from outbox_texts where company = ? and request = ?::uuid and conversation = ?::uuid and agent = ?::uuid',
        [me.company, request, conversation, me.user.id]);
      return row && found.channel.id;
    });
  }

  async #refused(me: SignedIn, conversation: string, reason?: 'closed' | 'not-yours'): Promise<ProblemException> {
    return forCompany(this.sources.orm, me.company, async (em) => {
      const { newest } = await conversationAtHand(em, me, conversation);
      const why = reason ?? (newest && newest.facts.state !== 'closed' ? 'not-yours' : 'closed');
      const at = newest && (await ticketAtHand(em, me.company, newest.id));
      return refusalOf(why, at?.assignee && { owner: at.assignee, since: at.takenAt }, new Date());
    });
  }
}
