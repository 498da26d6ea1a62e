import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import { messageOf, type MessageToSend } from './content.js';
import { SimulatorError } from './errors.js';
import type { StoredMessage } from './ledger.js';
import type { Media } from './media/media.js';
import { MEDIA_KINDS } from './media/media-crypto.js';
import { shownOf } from './messages.js';
import type { User } from './users.js';

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** A chat as the phone of one who writes in it has it. */
export interface Talk {
  author: User;
  /** Number of the business that its files are for. */
  account: string;
  /** The chat's address on the author's phone. */
  remoteJid: string;
  isGroup: boolean;
  /** Looked for only when a message is about another: a chat may be long. */
  messages(): StoredMessage[];
  writerOf(message: StoredMessage): User | undefined;
  /** How the chat names somebody. */
  addressOf(user: User): string;
}

/** What is done to a message that was said before. */
export type Act = { kind: 'reaction'; id: string; emoji: string } | { kind: 'edit'; id: string; text: string } | { kind: 'deletion'; id: string };

/** Puts into protocol buffers what people and owners write. */
export class Composer {
  constructor(private readonly media: Media) {}

  /** @throws SimulatorError message_unknown, if it quotes what was never said; content_missing */
  content(talk: Talk, content: MessageToSend): Promise<proto.IMessage> {
    const quoted = content.quote === undefined ? undefined : quotedIn(talk, content.quote);
    return messageOf(this.media, talk.account, content, quoted);
  }

  /** @throws SimulatorError message_unknown, message_not_own, not_editable */
  act(talk: Talk, act: Act): proto.IMessage {
    const target = find(talk, act.id);
    if (act.kind !== 'reaction' && talk.writerOf(target) !== talk.author) throw new SimulatorError('message_not_own');
    const key = keyOf(talk, target);
    // An empty text takes a reaction back.
    if (act.kind === 'reaction') return { reactionMessage: { key, text: act.emoji, senderTimestampMs: Date.now() } };
    if (act.kind === 'deletion') return { protocolMessage: { key, type: REVOKE } };
    const protocolMessage = { key, type: MESSAGE_EDIT, editedMessage: withText(target, act.text), timestampMs: Date.now() };
    return { editedMessage: { message: { protocolMessage } } };
  }
}

function find(talk: Talk, id: string): StoredMessage & { message: Buffer } {
  const found = talk.messages().find((one) => one.id === id && one.message);
  if (!found?.message) throw new SimulatorError('message_unknown');
  return { ...found, message: found.message };
}

function quotedIn(talk: Talk, id: string) {
  const found = find(talk, id);
  const writer = talk.writerOf(found);
  if (!writer) throw new SimulatorError('message_unknown');
  return { id, authorJid: talk.addressOf(writer), message: proto.Message.decode(found.message) };
}

/** A message's key as the author's phone names it. */
function keyOf(talk: Talk, target: StoredMessage): proto.IMessageKey {
  const writer = talk.writerOf(target);
  const participant = talk.isGroup && writer ? talk.addressOf(writer) : undefined;
  return { remoteJid: talk.remoteJid, fromMe: writer === talk.author, id: target.id, ...(participant && { participant }) };
}

/** The same content with another text or caption. */
function withText({ message }: { message: Buffer }, text: string): proto.IMessage {
  const content = normalizeMessageContent(proto.Message.decode(message)) ?? {};
  if (shownOf(content).kind === 'text') return { conversation: text };
  for (const kind of MEDIA_KINDS) {
    const part = content[`${kind}Message`];
    if (part && 'caption' in part) return { [`${kind}Message`]: { ...part, caption: text } };
  }
  throw new SimulatorError('not_editable');
}
