import type { EntityManager } from '@mikro-orm/postgresql';
import type { AcceptedContent } from '../../../libs/db/accepted-texts.js';
import type { MessageDetails, Quote } from '../../../libs/domain/message/details.js';
import type { SignedIn } from '../platform/access/signed-in.js';
import { ProblemException } from '../platform/problem.js';
import type { ReplyContent } from './conversation.schema.js';
import { chatOf } from './entries.queries.js';
import { uploadAtHand } from './uploads.js';

/** A reply as it is accepted. */
export interface Outgoing {
  text: string;
  content: AcceptedContent;
}

/** A message of one of these conversations (an array as PostgreSQL writes it), as what answers it names it. @throws ProblemException `message-unknown` */
async function quoteOf(em: EntityManager, company: string, conversations: string, id: string): Promise<Quote> {
  const [row] = await em.execute<{ waId: string; kind: string; text: string | null; fromMe: boolean }[]>(
    `select wa_id as "waId", kind, text, from_me as "fromMe" from messages
      where company = ? and conversation = any(?::uuid[]) and id = ?::bigint and kind not in ('reaction', 'edit', 'deleted', 'call', 'placeholder')`,
    [company, conversations, id]);
  if (!row) throw new ProblemException('message-unknown');
  const { text, ...quote } = row;
  return { ...quote, ...(text ? { text: text.slice(0, 1_000) } : {}) };
}

/** What a place or a name holds that was given, without what was left out or left empty. */
const given = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== '')) as T;

/**
 * What of a request becomes a message: its files are there, what it quotes or reacts to is in the conversation.
 * @throws ProblemException `upload-unknown`, `message-unknown`
 */
export async function outgoingOf(em: EntityManager, me: SignedIn, conversation: string, reply: ReplyContent): Promise<Outgoing> {
  const { text = '', file, location, contact, reaction, quote } = reply;
  if (reaction) {
    const { waId } = await quoteOf(em, me.company, `{${conversation}}`, reaction.message);
    return { text: reaction.emoji, content: { kind: 'reaction', details: { target: waId } } };
  }
  const details: MessageDetails = quote === undefined ? {} : { quote: await quoteOf(em, me.company, await chatOf(em, me.company, conversation), quote) };
  if (file) {
    const { kind, file: stored } = await uploadAtHand(em, me, file.upload);
    const { voice, seconds } = file;
    const media = given({ mimetype: stored.mimetype, size: stored.size, fileName: stored.fileName, voice, seconds });
    return { text, content: { kind, details: { ...details, media }, file: stored } };
  }
  if (location) return { text: location.name ?? '', content: { kind: 'location', details: { ...details, location: given(location) } } };
  if (contact) return { text: contact.name, content: { kind: 'contact', details: { ...details, contacts: [contact] } } };
  return { text, content: { kind: 'text', ...(quote === undefined ? {} : { details }) } };
}
