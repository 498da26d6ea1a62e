import { getBinaryNodeChild, jidNormalizedUser, type BinaryNode } from '@whiskeysockets/baileys';
import { childrenOf } from '../classify.js';
import { storable } from '../storable.js';
import type { InboundRow } from '../store.js';

/** A call that rings: who to refuse, and the row that remembers it. */
export interface Ringing {
  id: string;
  /** Who calls, as the network wants to have it back. */
  caller: string;
  /** It rang while nobody was here: there is nothing left to refuse. */
  late: boolean;
  row: InboundRow;
}

/**
 * Pure: the call that a stanza offers; nothing for other stages of calls and for groups. Shape: `<call from id t><offer call-id call-creator
 * [caller_pn]>[<video/>]</offer></call>`.
 */
export function ringingOf(node: BinaryNode): Ringing | undefined {
  const { from, t, offline, notify } = node.attrs;
  const offer = childrenOf(node).find(({ tag }) => tag === 'offer');
  const id = offer?.attrs['call-id'];
  const caller = offer?.attrs['from'] ?? offer?.attrs['call-creator'] ?? from;
  if (!offer || !id || !from || !caller || offer.attrs['type'] === 'group' || offer.attrs['group-jid']) return undefined;
  const others = [caller, offer.attrs['caller_pn'], node.attrs['sender_lid'], node.attrs['sender_pn']].filter((jid): jid is string => !!jid);
  const addresses = [...new Set([from, ...others].map(jidNormalizedUser).filter(Boolean))];
  const call = { video: getBinaryNodeChild(offer, 'video') !== undefined };
  const seconds = Number(t);
  return {
    id, caller, late: offline !== undefined,
    row: storable({
      id, addresses, participant: '', fromMe: false, author: 'customer', kind: 'call', details: { call }, envelope: { ...node.attrs },
      ...(notify === undefined ? {} : { name: notify }),
      ...(seconds > 0 ? { atMs: seconds * 1000 } : {}),
    }),
  };
}
