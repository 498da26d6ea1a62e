import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConversationState } from '../../../libs/domain/conversation/state.js';
import { can } from '../../../libs/domain/permissions.js';
import { maySeeTicket } from '../../../libs/domain/ticket/access.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import { personOf } from '../tickets/sight.js';
import { contactName } from '../tickets/ticket-items.js';
import { newestTicketOf, ticketItem, type NewestTicket } from '../tickets/tickets.queries.js';
import type { ConversationView } from './conversation.schema.js';

/** A conversation as a request finds it. */
export interface ConversationAtHand {
  id: string;
  channel: { id: string; name: string };
  contact: { id: string; name: string; phone?: string };
  newest: NewestTicket | undefined;
  state: ConversationState | null;
}

interface Row {
  channel: string;
  channel_name: string;
  contact: string;
  contact_name: string | null;
  phone: string | null;
  state: ConversationState | null;
}

/**
 * A conversation that this person may see: with `tickets.all` any, else one whose newest ticket is theirs to see.
 * @throws ProblemException `not-found`, for what is not there and for what they may not see
 */
export async function conversationAtHand(em: EntityManager, me: SignedIn, id: string): Promise<ConversationAtHand> {
  const { company } = me;
  const [row] = await em.execute<Row[]>(
    `select v.channel, h.name as channel_name, v.contact, c.name as contact_name, v.state,
        (select split_part(a.address, '@', 1) from contact_addresses a
          where a.company = v.company and a.contact = v.contact and a.address like '%@s.whatsapp.net' order by a.address limit 1) as phone
      from conversations v join channels h on h.company = v.company and h.id = v.channel
        join contacts c on c.company = v.company and c.id = v.contact where v.company = ? and v.id = ?::uuid`,
    [company, id],
  );
  const newest = row && (await newestTicketOf(em, company, id));
  const person = personOf(me);
  if (!row || !(can(person.role, 'tickets.all') || (newest && maySeeTicket(person, newest.facts)))) throw new ProblemException('not-found');
  const { contact, contact_name: name, phone, channel, channel_name: channelName, state } = row;
  return {
    id, newest, state,
    channel: { id: channel, name: channelName },
    contact: { id: contact, name: contactName(name, phone), ...(phone === null ? {} : { phone }) },
  };
}

/**
 * That this person may see a conversation, or one that is the same chat since their contacts were merged.
 * @param chat their ids @throws ProblemException `not-found`
 */
export async function mustSeeOneOf(em: EntityManager, me: SignedIn, chat: readonly string[]): Promise<void> {
  for (const id of chat) {
    const seen = await conversationAtHand(em, me, id).catch((refusal: unknown) => {
      if (!(refusal instanceof ProblemException)) throw refusal;
    });
    if (seen) return;
  }
  throw new ProblemException('not-found');
}

/** Who speaks with the customer: agents while a ticket is open, the person on the phone for a while after they wrote, else the bot. */
function ownerOf({ newest, state }: ConversationAtHand, now: Date): ConversationView['owner'] {
  if (newest && newest.facts.state !== 'closed') return 'agent';
  return state?.ownerUntilMs !== undefined && state.ownerUntilMs > now.getTime() ? 'owner' : 'bot';
}

export async function conversationView(em: EntityManager, company: string, at: ConversationAtHand, now: Date): Promise<ConversationView> {
  const { id, contact, channel, newest } = at;
  const open = newest && newest.facts.state !== 'closed' ? await ticketItem(em, company, newest.id) : undefined;
  return { id, contact, channel, owner: ownerOf(at, now), ...(open ? { ticket: open } : {}) };
}
