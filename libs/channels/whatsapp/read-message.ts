import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { Location, MessageDetails, Quote, UnreadableReason } from '../../domain/message/details.js';
import { contactCard } from './contact-card.js';
import { fileOf, mediaOf } from './message-file.js';

/** What a message is and what can be read of it. */
export interface ReadMessage {
  /** A kind of `messages.kind` (libs/domain/message/details.ts). */
  kind: string;
  /** Text or caption, if it has one. */
  text?: string;
  details?: MessageDetails;
}

/** Whether an address is the business's own. */
export type IsMe = (jid: string) => boolean;

const ProtocolType = proto.Message.ProtocolMessage.Type;
const MESSAGE_EDIT = proto.Message.SecretEncryptedMessage.SecretEncType.MESSAGE_EDIT;
const MOST_CARDS = 20;
const MOST_QUOTED = 1_000;

/**
 * Fields of the protobuf that travel beside a message and are none: keys, context, the announcement of an album whose pictures come by
 * themselves, a pin in the customer's own list.
 */
const BESIDE = new Set([
  'senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage', 'messageContextInfo', 'albumMessage', 'pinInChatMessage', 'keepInChatMessage',
]);

/** True of what carries nothing that a person wrote: key distribution, history, app state, answers between devices. */
export function isTraffic(message: proto.IMessage): boolean {
  const type = message.protocolMessage?.type;
  if (message.protocolMessage) return type !== ProtocolType.REVOKE && type !== ProtocolType.MESSAGE_EDIT;
  return !Object.entries(message).some(([name, value]) => value !== null && value !== undefined && !BESIDE.has(name));
}

type Content = proto.IMessage;
type Reader = (content: Content) => ReadMessage | null | undefined;
type Text = string | null | undefined;

const read = (kind: string, text?: Text, details?: MessageDetails): ReadMessage => ({
  kind,
  ...(text ? { text } : {}),
  ...(details && Object.keys(details).length ? { details } : {}),
});
const unreadable = (reason: UnreadableReason): ReadMessage => read('unreadable', undefined, { unreadable: reason });
const targeted = (kind: string, key: proto.IMessageKey | null | undefined, text?: Text): ReadMessage =>
  read(kind, text, key?.id ? { target: key.id } : {});

/** A place, unless it is nowhere: a stranger's numbers may be none. */
function place(latitude: unknown, longitude: unknown, more: Partial<Location>): MessageDetails {
  const at = { latitude: Number(latitude ?? NaN), longitude: Number(longitude ?? NaN) };
  return Math.abs(at.latitude) <= 90 && Math.abs(at.longitude) <= 180 ? { location: { ...at, ...more } } : {};
}

const named = (name: Text, address: Text): Partial<Location> => ({ ...(name ? { name } : {}), ...(address ? { address } : {}) });

/** An edit whose new text the client (7.0.0-rc14) cannot decrypt: it says which message, and no more. */
const secretEdit: Reader = ({ secretEncryptedMessage: m }) =>
  m?.secretEncType === MESSAGE_EDIT
    ? read('edit', undefined, { ...(m.targetMessageKey?.id ? { target: m.targetMessageKey.id } : {}), unreadable: 'edit-unreadable' })
    : undefined;

const protocol: Reader = ({ protocolMessage: m }) => {
  if (m?.type === ProtocolType.REVOKE) return targeted('deleted', m.key);
  if (m?.type !== ProtocolType.MESSAGE_EDIT) return undefined;
  const text = m.editedMessage ? readMessage(m.editedMessage).text : undefined;
  return targeted('edit', m.key, text);
};

/** The first reader that knows the content decides. */
const readers: readonly Reader[] = [
  ({ conversation }) => (conversation ? read('text', conversation) : undefined),
  ({ extendedTextMessage: m }) => m && read('text', m.text),
  (content) => {
    const file = fileOf(content);
    if (file?.node.viewOnce) return unreadable('view-once');
    return file && read(file.kind, file.caption, { media: mediaOf(file) });
  },
  ({ locationMessage: m }) => m && read('location', m.name ?? m.comment, place(m.degreesLatitude, m.degreesLongitude, named(m.name, m.address))),
  ({ liveLocationMessage: m }) => m && read('location', m.caption, place(m.degreesLatitude, m.degreesLongitude, { live: true })),
  ({ contactMessage: m }) => m && read('contact', m.displayName, { contacts: [contactCard(m)] }),
  ({ contactsArrayMessage: m }) => m && read('contact', m.displayName, { contacts: (m.contacts ?? []).slice(0, MOST_CARDS).map(contactCard) }),
  ({ reactionMessage: m }) => m && targeted('reaction', m.key, m.text),
  (content) => {
    const poll = content.pollCreationMessage ?? content.pollCreationMessageV2 ?? content.pollCreationMessageV3 ?? content.pollCreationMessageV5;
    return poll && read('poll', poll.name);
  },
  ({ pollUpdateMessage: m }) => m && targeted('poll-vote', m.pollCreationMessageKey),
  // A pressed button or a chosen row is what the customer says.
  ({ buttonsResponseMessage: m }) => m && read('text', m.selectedDisplayText),
  ({ listResponseMessage: m }) => m && read('text', m.title),
  ({ templateButtonReplyMessage: m }) => m && read('text', m.selectedDisplayText),
  ({ interactiveResponseMessage: m }) => m && read('text', m.body?.text),
  ({ orderMessage: m }) => m && read('order', m.message ?? m.orderTitle),
  ({ productMessage: m }) => m && read('product', m.product?.title),
  ({ groupInviteMessage: m }) => m && read('group-invite', m.caption ?? m.groupName),
  ({ callLogMesssage: m }) => m && read('call', undefined, { call: { video: m.isVideo ?? false } }),
  protocol,
  secretEdit,
];

/** Wrapped to be seen once: only the phone may show it, whatever the wrapper lets us see. */
const isViewOnce = ({ ephemeralMessage, viewOnceMessage, viewOnceMessageV2, viewOnceMessageV2Extension }: Content): boolean =>
  !!(viewOnceMessage ?? viewOnceMessageV2 ?? viewOnceMessageV2Extension) || (!!ephemeralMessage?.message && isViewOnce(ephemeralMessage.message));

/** What a message quotes, as its phone tells it. Each kind of content has the context in its own part. */
function quoteOf(content: Content, isMe: IsMe): Quote | undefined {
  const parts = Object.values(content).filter((part): part is { contextInfo?: proto.IContextInfo } => typeof part === 'object' && part !== null && 'contextInfo' in part);
  const context = parts.map(({ contextInfo }) => contextInfo).find((one) => one?.stanzaId);
  if (!context?.stanzaId) return undefined;
  const { kind, text } = context.quotedMessage ? readContent(context.quotedMessage) : unreadable('no-text');
  return {
    waId: context.stanzaId,
    kind,
    ...(text ? { text: text.slice(0, MOST_QUOTED) } : {}),
    fromMe: !!context.participant && isMe(context.participant),
  };
}

function readContent(message: Content): ReadMessage {
  if (isViewOnce(message)) return unreadable('view-once');
  const content = normalizeMessageContent(message) ?? {};
  for (const reader of readers) {
    const found = reader(content);
    if (found) return found;
  }
  return unreadable('unsupported');
}

/**
 * Pure: what a message is and what it says. Wrappers (disappearing, document with caption, edited) are taken off first. Every message has
 * a kind, so that none passes unnoticed: what is not known is `unreadable` with the reason.
 * @param isMe tells whose the quoted message is
 */
export function readMessage(message: Content, isMe: IsMe = () => false): ReadMessage {
  const found = readContent(message);
  const quote = quoteOf(normalizeMessageContent(message) ?? {}, isMe);
  return quote ? { ...found, details: { ...found.details, quote } } : found;
}
