import { areJidsSameUser, isJidGroup, isJidBroadcast, isJidStatusBroadcast, jidNormalizedUser, type BinaryNode } from '@whiskeysockets/baileys';
import { childrenOf, type Me } from './classify.js';
import type { StatusView } from './store.js';

/** What a customer's phone, or the network, says about messages that we sent. */
export interface Mark {
  waIds: string[];
  state: 'sent' | 'delivered' | 'read' | 'failed';
  cause?: string;
}

/** Types of receipts; whatever is not here (retry, sender, history, …) says nothing about a customer's screen. */
const states: ReadonlyMap<string, Mark['state']> = new Map([
  ['', 'delivered'],
  ['inactive', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
]);

/** Ids as phones and we make them; whatever else a stranger's client writes there is no message of ours. */
const isId = (id: string | undefined): id is string => id !== undefined && /^[\w.:-]{1,200}$/.test(id);

const isAddress = (address: string): boolean => /^[\w.:-]{1,180}@[\w.]{1,20}$/.test(address);
/** A bound for clocks gone wrong, in seconds: the year 2100. */
const LATEST_S = Date.UTC(2100, 0, 1) / 1000;

/** Pure: the mark in a receipt of a customer; nothing for groups, statuses, own devices and requests to send again. */
export function markOfReceipt(node: BinaryNode, me: Me): Mark | undefined {
  const { from, type } = node.attrs;
  const state = states.get(type ?? '');
  if (!state || !from || isJidGroup(from) || isJidBroadcast(from)) return undefined;
  if (areJidsSameUser(from, me.id) || areJidsSameUser(from, me.lid)) return undefined;
  const waIds = idsIn(node);
  return waIds.length ? { waIds, state } : undefined;
}

/** All messages that a receipt is about. */
function idsIn(node: BinaryNode): string[] {
  const more = childrenOf(node).flatMap((list) => childrenOf(list).map((item) => item.attrs['id']));
  return [node.attrs['id'], ...more].filter(isId);
}

/** Pure: who has looked at which of our statuses, in a receipt; that a phone has got one is not seeing it. */
export function viewOfReceipt(node: BinaryNode, me: Me): StatusView | undefined {
  const { from, participant, type, t } = node.attrs;
  if (!from || !isJidStatusBroadcast(from) || !participant || states.get(type ?? '') !== 'read') return undefined;
  if (areJidsSameUser(participant, me.id) || areJidsSameUser(participant, me.lid)) return undefined;
  const [waIds, address] = [idsIn(node), jidNormalizedUser(participant)];
  if (!waIds.length || !isAddress(address)) return undefined;
  return { waIds, address, ...(Number(t) > 0 && Number(t) < LATEST_S ? { atMs: Number(t) * 1000 } : {}) };
}

/** Pure: the mark in the network's ack of a message. Its errors are codes, e.g. 463: no chat may be started with this person. */
export function markOfAck(node: BinaryNode): Mark | undefined {
  const { id, error } = node.attrs;
  if (!isId(id) || node.attrs['class'] !== 'message') return undefined;
  return error ? { waIds: [id], state: 'failed', cause: `ack-${error}` } : { waIds: [id], state: 'sent' };
}
