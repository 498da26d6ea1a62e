import { RESTRICTED, type RestrictionKind } from './restrictions.js';
import { children, child, deviceOf, isLid, isPhoneJid, type Stanza } from './stanza.js';

/** Switches of the real service's reported behaviour, and of what the virtual people do by themselves. */
export interface Rules {
  /** A chat with somebody whose phone number moved to a LID must be addressed by LID, else 463. */
  lidChats: boolean;
  /** Starting a chat with somebody who never wrote and of whom no privacy token is held: 463. Answering is always possible. */
  tcToken: boolean;
  /** A privacy token on a message to the own phone: 479. */
  peerToken: boolean;
  /** One stanza must not mix phone and LID addresses, nor name members of a group otherwise than the group does: 421. */
  oneNamespace: boolean;
  /** A status whose viewers are named by phone number: 479. */
  statusLids: boolean;
  /** Phones confirm what reaches them after this time. */
  receiptDelayMs: number;
  /** Phones show a message as read this long after it was delivered; null: people do not read. */
  readDelayMs: number | null;
  /** The network takes this long to acknowledge a client's message. */
  ackDelayMs: number;
}

export const DEFAULT_RULES: Rules = {
  lidChats: true,
  tcToken: true,
  peerToken: true,
  oneNamespace: true,
  statusLids: true,
  receiptDelayMs: 50,
  readDelayMs: 100,
  ackDelayMs: 0,
};

/** What the network knows when it judges a message of a linked device. */
export interface Judged {
  node: Stanza;
  /** Goes to the own phone as part of the protocol between a phone and its linked devices. */
  isPeer: boolean;
  /** Addressed to a virtual customer, not to another business. */
  toPerson: boolean;
  /** Something was said in this chat before. */
  chatExists: boolean;
  /** What the network does to this business for now. */
  restriction?: RestrictionKind;
  /** The token the recipient has given to this business. */
  grantedToken?: Uint8Array;
}

/** The code with which the real service refuses that message; undefined if it accepts it. */
export function refusalOf(rules: Rules, { node, isPeer, toPerson, chatExists, restriction, grantedToken }: Judged): string | undefined {
  const token = child(node, 'tctoken');
  if (isPeer) return rules.peerToken && token ? '479' : undefined;
  const jids = addressees(node);
  if (rules.oneNamespace && jids.some(isLid) && jids.some(isPhoneJid)) return '421';
  if (!toPerson || deviceOf(node.attrs['to']) > 0) return undefined;
  if (rules.lidChats && isPhoneJid(node.attrs['to'] ?? '')) return '463';
  if (restriction && !chatExists) return RESTRICTED[restriction];
  const hasToken = token?.content instanceof Uint8Array && grantedToken && Buffer.from(token.content).equals(grantedToken);
  return rules.tcToken && !chatExists && !hasToken ? '463' : undefined;
}

/**
 * The code with which the real service refuses a message to many; undefined if it accepts it.
 * @param addressing of the group; undefined: it is a status
 */
export function broadcastRefusalOf(rules: Rules, node: Stanza, addressing?: 'lid' | 'phone'): string | undefined {
  const jids = addressees(node);
  if (!addressing) return rules.statusLids && jids.some(isPhoneJid) ? '479' : undefined;
  return rules.oneNamespace && jids.some(addressing === 'lid' ? isPhoneJid : isLid) ? '421' : undefined;
}

const addressees = (node: Stanza): string[] =>
  children(child(node, 'participants'), 'to').map((to) => to.attrs['jid'] ?? '');
