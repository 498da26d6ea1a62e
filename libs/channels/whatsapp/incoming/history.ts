import { isLidUser, isPnUser, proto, unpadRandomMax16, type BinaryNode } from '@whiskeysockets/baileys';
import { addressesOf, contentOf, isMe, isNoPerson, type Me } from '../classify.js';
import { isTraffic } from '../read-message.js';
import { storable } from '../storable.js';
import type { InboundRow } from '../store.js';

/**
 * What is taken over of a phone's memory: enough for an agent to see what was last said. Older files have left the network, and asking the
 * phone for each would keep it busy for hours.
 */
export const historyBounds = { days: 90, messagesPerChat: 200, chats: 2_000, fileDays: 30 };

const DAY_MS = 24 * 3_600_000;
/** A clock that goes wrong; what it says comes later than that has no place in a chat, nor in a row. */
const MOST_AHEAD_MS = DAY_MS;
const Type = proto.Message.HistorySyncType;
const WITH_CHATS: ReadonlySet<number> = new Set([Type.INITIAL_BOOTSTRAP, Type.RECENT, Type.FULL]);

/** The phone's word that it has a piece of history for us: where it is, or the piece itself. */
export interface HistoryNotice {
  id: string;
  /** The notification's protobuf, in base64. */
  text: string;
}

/** Pure: the notice in a message of the own phone; nothing in any other. */
export function noticeOf(node: BinaryNode, plaintext: Uint8Array, me: Me): HistoryNotice | undefined {
  const { id, from, category } = node.attrs;
  if (category !== 'peer' || !id || !isMe(from, me)) return undefined;
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  const notification = (message.deviceSentMessage?.message ?? message).protocolMessage?.historySyncNotification;
  if (!notification || !WITH_CHATS.has(notification.syncType ?? -1)) return undefined;
  return { id, text: Buffer.from(proto.Message.HistorySyncNotification.encode(notification).finish()).toString('base64') };
}

/**
 * Pure: the rows of a piece of history, oldest first in each chat. None of groups, statuses, services and notes to oneself. They are
 * never answered: whoever stores them gives them no number.
 * @param nowMs from which `historyBounds` count
 */
export function historyRows(history: proto.IHistorySync, me: Me, nowMs: number): InboundRow[] {
  const others = pairsOf(history);
  return (history.conversations ?? []).slice(0, historyBounds.chats).flatMap((chat) => {
    const { id } = chat;
    if (!id || !(isPnUser(id) || isLidUser(id)) || isNoPerson(id) || isMe(id, me)) return [];
    const addresses = addressesOf(id, chat.pnJid, chat.lidJid, others.get(id)).filter((one) => !isMe(one, me));
    const name = chat.name ?? chat.displayName ?? undefined;
    const infos = (chat.messages ?? []).flatMap(({ message }) => (message ? [message] : []));
    const rows = infos.flatMap((info) => rowOf(info, { addresses, me, nowMs, ...(name ? { name } : {}) }));
    return rows.sort((a, b) => a.atMs! - b.atMs!).slice(-historyBounds.messagesPerChat);
  });
}

/** Each address of those that history pairs, with its other one. */
function pairsOf({ phoneNumberToLidMappings }: proto.IHistorySync): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const { pnJid, lidJid } of phoneNumberToLidMappings ?? []) {
    if (pnJid && lidJid) pairs.set(pnJid, lidJid).set(lidJid, pnJid);
  }
  return pairs;
}

interface Chat {
  addresses: string[];
  name?: string;
  me: Me;
  nowMs: number;
}

function rowOf({ key, message, messageTimestamp, pushName }: proto.IWebMessageInfo, { addresses, name, me, nowMs }: Chat): InboundRow[] {
  const atMs = Number(messageTimestamp ?? 0) * 1_000;
  const ageMs = nowMs - atMs;
  if (!key?.id || !message || isTraffic(message) || !(atMs > 0) || ageMs < -MOST_AHEAD_MS || ageMs > historyBounds.days * DAY_MS) return [];
  const author = key.fromMe ? ({ participant: 'me', fromMe: true, author: 'owner' } as const) : ({ participant: '', fromMe: false, author: 'customer' } as const);
  const content = contentOf(message, me);
  if (content.details?.media && ageMs > historyBounds.fileDays * DAY_MS) delete content.details.media;
  const called = name ?? (key.fromMe ? undefined : pushName) ?? undefined;
  return [storable({ id: key.id, addresses, atMs, envelope: { history: '1' }, ...author, ...(called ? { name: called } : {}), ...content })];
}
