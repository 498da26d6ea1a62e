import {
  areJidsSameUser,
  isJidBroadcast,
  isJidGroup,
  isJidMetaAI,
  isJidNewsletter,
  jidNormalizedUser,
  proto,
  unpadRandomMax16,
  type BinaryNode,
} from '@whiskeysockets/baileys';
import { isTraffic, readMessage } from './read-message.js';
import { storable } from './storable.js';
import type { InboundRow } from './store.js';

/** The account that is linked, by its phone jid and its LID. */
export interface Me {
  id?: string;
  lid?: string;
}

type Envelope = Omit<InboundRow, 'kind' | 'text' | 'details' | 'raw'>;

/** Addresses without device numbers, each once. */
export const addressesOf = (...jids: (string | null | undefined)[]): string[] => [
  ...new Set(jids.filter((jid): jid is string => !!jid).map(jidNormalizedUser).filter(Boolean)),
];
/** Whether an address is the linked account's own. */
export const isMe = (jid: string | undefined, me: Me): boolean => !!jid && (areJidsSameUser(jid, me.id) || areJidsSameUser(jid, me.lid));
const milliseconds = (seconds: unknown): number | undefined => (Number(seconds) > 0 ? Number(seconds) * 1000 : undefined);

/** What a row says of a message. What only the phone may show is not kept, so that nobody else can show it, either. */
export function contentOf(message: proto.IMessage, me: Me): Pick<InboundRow, 'kind' | 'text' | 'details' | 'raw'> {
  const read = readMessage(message, (jid) => isMe(jid, me));
  return read.details?.unreadable === 'view-once' ? read : { ...read, raw: inBase64(message) };
}

const inBase64 = (message: proto.IMessage): string => Buffer.from(proto.Message.encode(message).finish()).toString('base64');

/** WhatsApp's own account, which announces things to everybody, and Meta's assistant: neither is to be answered. */
const SERVICES: ReadonlySet<string> = new Set(['0@s.whatsapp.net', '13135550002@s.whatsapp.net']);

/** Groups, statuses, channels and the network's own accounts: everybody who is no person in a chat of their own. */
export const isNoPerson = (jid: string): boolean =>
  !!(isJidGroup(jid) || isJidBroadcast(jid) || isJidNewsletter(jid) || isJidMetaAI(jid)) || SERVICES.has(jidNormalizedUser(jid));

/** The child stanzas of a stanza. */
export const childrenOf = (node: BinaryNode): readonly BinaryNode[] => (Array.isArray(node.content) ? node.content : []);

/** Whose chat a stanza belongs to: both addresses of a person give the same. Order is kept within it. */
export const chatOf = (node: BinaryNode): string => jidNormalizedUser(node.attrs['sender_lid'] ?? node.attrs['from'] ?? '');

/** Who wrote and where, from the envelope alone; nothing for what is no customer's chat (groups, statuses, channels, services, own devices). */
function envelopeOf(node: BinaryNode, me: Me): Envelope | undefined {
  const { attrs } = node;
  const { from, id } = attrs;
  if (!from || !id || attrs['category'] === 'peer') return undefined;
  if (isNoPerson(from)) return undefined;
  const base = { id, atMs: milliseconds(attrs['t']), envelope: { ...attrs } };
  if (!isMe(from, me)) {
    const addresses = addressesOf(from, attrs['sender_lid'] ?? attrs['sender_pn']);
    return { ...base, addresses, participant: '', fromMe: false, author: 'customer', name: attrs['notify'] };
  }
  const to = attrs['recipient'];
  if (!to || isNoPerson(to) || isMe(to, me)) return undefined;
  const other = attrs['peer_recipient_lid'] ?? attrs['peer_recipient_pn'] ?? attrs['recipient_lid'] ?? attrs['recipient_pn'];
  return { ...base, addresses: addressesOf(to, other), participant: 'me', fromMe: true, author: 'owner' };
}

/**
 * Texts that come late: the phone's answers to requests for messages that came without one. Only the own account may give them, or
 * a stranger could put words into another customer's mouth.
 */
function lateRows(node: BinaryNode, message: proto.IMessage, me: Me): InboundRow[] {
  if (!isMe(node.attrs['from'], me)) return [];
  const results = message.protocolMessage?.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? [];
  return results.flatMap((result) => {
    const bytes = result.placeholderMessageResendResponse?.webMessageInfoBytes;
    if (!bytes) return [];
    const { key, message: late, messageTimestamp } = proto.WebMessageInfo.decode(bytes);
    if (!key?.id || !key.remoteJid || !late || isTraffic(late)) return [];
    if (isNoPerson(key.remoteJid)) return [];
    const author = key.fromMe ? ({ participant: 'me', fromMe: true, author: 'owner' } as const) : ({ participant: '', fromMe: false, author: 'customer' } as const);
    const envelope = { late: node.attrs['id'] ?? '' };
    const row = { id: key.id, addresses: addressesOf(key.remoteJid), atMs: milliseconds(messageTimestamp), envelope, ...author };
    return [storable({ ...row, ...contentOf(late, me) })];
  });
}

/**
 * Pure: the rows that a stanza and its plaintext become. None for groups, statuses, channels and the traffic between devices.
 * @param padded false for a stanza that was never encrypted
 * @throws Error when the plaintext is no message; the sender is then asked for it again
 */
export function rowsOf(node: BinaryNode, plaintext: Uint8Array, me: Me, padded = true): InboundRow[] {
  const message = proto.Message.decode(padded ? unpadRandomMax16(plaintext) : plaintext);
  const late = lateRows(node, message, me);
  const envelope = envelopeOf(node, me);
  if (!envelope) return late;
  // Only the own phone may say "sent by you": a stranger's wrapper stays the stranger's message.
  const content = envelope.fromMe ? (message.deviceSentMessage?.message ?? message) : message;
  if (isTraffic(content)) return late;
  return [...late, storable({ ...envelope, ...contentOf(content, me) })];
}

/** Types of `unavailable` of what only the phone may show; nobody sends its text. */
const onlyOnPhone = (type: string | undefined): boolean => type?.startsWith('view_once') ?? false;

/**
 * Pure: the row of a stanza whose text is not there: a message from an ad, one that could not be decrypted. It gets its number when the text
 * comes, or when it is clear that none will.
 */
export function placeholderOf(node: BinaryNode, me: Me, reason: 'no-text' | 'decrypt' = 'no-text'): InboundRow[] {
  const envelope = envelopeOf(node, me);
  if (!envelope) return [];
  const unavailable = childrenOf(node).find((child) => child.tag === 'unavailable')?.attrs['type'];
  const row = { ...envelope, envelope: { ...envelope.envelope, ...(unavailable ? { unavailable } : {}) } };
  if (onlyOnPhone(unavailable)) return [storable({ ...row, kind: 'unreadable', details: { unreadable: 'view-once' } })];
  return [storable({ ...row, kind: 'placeholder', details: { unreadable: reason } })];
}
