import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';

/** What a message is and what can be read of it. */
export interface ReadMessage {
  /** `text`, `image`, `audio`, `video`, `document`, `location`, `contact`, `sticker`, `reaction`, `poll`, `edit`, `deleted`, … or `other`. */
  kind: string;
  /** Text or caption, if it has one. */
  text?: string;
}

const ProtocolType = proto.Message.ProtocolMessage.Type;

/** Fields of the protobuf that travel beside a message and are none. */
const BESIDE = new Set(['senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage', 'messageContextInfo']);

/** True of what carries nothing that a person wrote: key distribution, history, app state, answers between devices. */
export function isTraffic(message: proto.IMessage): boolean {
  const type = message.protocolMessage?.type;
  if (message.protocolMessage) return type !== ProtocolType.REVOKE && type !== ProtocolType.MESSAGE_EDIT;
  return !Object.entries(message).some(([name, value]) => value !== null && value !== undefined && !BESIDE.has(name));
}

type Content = proto.IMessage;
type Reader = (content: Content) => ReadMessage | null | undefined;

const withText = (kind: string, text: string | null | undefined): ReadMessage => (text ? { kind, text } : { kind });

/** A field whose presence names the kind. */
const named = (field: keyof Content, kind: string): Reader => (content) => (content[field] ? { kind } : undefined);

/** The first reader that knows the content decides. */
const readers: readonly Reader[] = [
  ({ conversation }) => (conversation ? { kind: 'text', text: conversation } : undefined),
  ({ extendedTextMessage: m }) => m && withText('text', m.text),
  ({ imageMessage: m }) => m && withText('image', m.caption),
  ({ videoMessage: m }) => m && withText('video', m.caption),
  named('ptvMessage', 'video'),
  named('audioMessage', 'audio'),
  ({ documentMessage: m }) => m && withText('document', m.caption),
  ({ locationMessage: m }) => m && withText('location', m.name ?? m.comment),
  ({ liveLocationMessage: m }) => m && withText('location', m.caption),
  ({ contactMessage: m }) => m && withText('contact', m.displayName),
  ({ contactsArrayMessage: m }) => m && withText('contact', m.displayName),
  named('stickerMessage', 'sticker'),
  named('lottieStickerMessage', 'sticker'),
  ({ reactionMessage: m }) => m && withText('reaction', m.text),
  named('encReactionMessage', 'reaction'),
  ({ pollCreationMessage: a, pollCreationMessageV2: b, pollCreationMessageV3: c }) => {
    const poll = a ?? b ?? c;
    return poll ? withText('poll', poll.name) : undefined;
  },
  named('pollUpdateMessage', 'poll-vote'),
  // A pressed button or a chosen row is what the customer says.
  ({ buttonsResponseMessage: m }) => m && withText('text', m.selectedDisplayText),
  ({ listResponseMessage: m }) => m && withText('text', m.title),
  ({ templateButtonReplyMessage: m }) => m && withText('text', m.selectedDisplayText),
  ({ interactiveResponseMessage: m }) => m && withText('text', m.body?.text),
  named('orderMessage', 'order'),
  named('productMessage', 'product'),
  named('groupInviteMessage', 'group-invite'),
  named('callLogMesssage', 'call'),
  ({ protocolMessage: m }) => (m?.type === ProtocolType.REVOKE ? { kind: 'deleted' } : undefined),
  ({ protocolMessage: m }) =>
    m?.type === ProtocolType.MESSAGE_EDIT ? withText('edit', m.editedMessage ? readMessage(m.editedMessage).text : null) : undefined,
];

/**
 * Pure: what a message is and what it says. Wrappers (disappearing, view once, document with caption, edited) are taken off first.
 * Every message has a kind, so that none passes unnoticed.
 */
export function readMessage(message: proto.IMessage): ReadMessage {
  const content = normalizeMessageContent(message) ?? {};
  for (const read of readers) {
    const found = read(content);
    if (found) return found;
  }
  return { kind: 'other' };
}
