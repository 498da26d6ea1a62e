import { areJidsSameUser, isJidGroup, isJidBroadcast, type BinaryNode } from '@whiskeysockets/baileys';
import { childrenOf, type Me } from './classify.js';

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

/** Pure: the mark in a receipt of a customer; nothing for groups, statuses, own devices and requests to send again. */
export function markOfReceipt(node: BinaryNode, me: Me): Mark | undefined {
  const { id, from, type } = node.attrs;
  const state = states.get(type ?? '');
  if (!state || !from || isJidGroup(from) || isJidBroadcast(from)) return undefined;
  if (areJidsSameUser(from, me.id) || areJidsSameUser(from, me.lid)) return undefined;
  const more = childrenOf(node).flatMap((list) => childrenOf(list).map((item) => item.attrs['id']));
  const waIds = [id, ...more].filter(isId);
  return waIds.length ? { waIds, state } : undefined;
}

/** Pure: the mark in the network's ack of a message. Its errors are codes, e.g. 463: no chat may be started with this person. */
export function markOfAck(node: BinaryNode): Mark | undefined {
  const { id, error } = node.attrs;
  if (!isId(id) || node.attrs['class'] !== 'message') return undefined;
  return error ? { waIds: [id], state: 'failed', cause: `ack-${error}` } : { waIds: [id], state: 'sent' };
}
