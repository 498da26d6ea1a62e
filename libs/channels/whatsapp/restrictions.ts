import { NewChatMessageCappingStatusType, type BinaryNode, type NewChatMessageCapInfo, type ReachoutTimelockState, type WASocket } from '@whiskeysockets/baileys';
import { signalOfAck, type Signal } from '../../domain/number-safety/restriction.js';
import { markOfAck } from './marks.js';

/** What the network says about how much a number may do. */
export type Standing =
  | { kind: 'restricted'; signal: Signal; untilMs?: number }
  /** These do not hold. */
  | { kind: 'lifted'; signals: Signal[] };

/** Pure: a lock on starting chats. The client already read its end from seconds. */
export function standingOfLock({ isActive, timeEnforcementEnds }: ReachoutTimelockState): Standing {
  if (!isActive) return { kind: 'lifted', signals: ['reachout-lock'] };
  return { kind: 'restricted', signal: 'reachout-lock', ...(timeEnforcementEnds ? { untilMs: timeEnforcementEnds.getTime() } : {}) };
}

/** Pure: the quota of new chats. Warnings restrict nothing; a status that is not known says nothing. */
export function standingOfCap({ capping_status: status, cycle_end_timestamp: end }: NewChatMessageCapInfo): Standing | undefined {
  if (status === NewChatMessageCappingStatusType.CAPPED) return { kind: 'restricted', signal: 'message-cap', ...(Number(end) > 0 ? { untilMs: Number(end) * 1_000 } : {}) };
  if (status === undefined) return undefined;
  return { kind: 'lifted', signals: ['message-cap', 'new-chat-quota'] };
}

/** Pure: what the refusal of a message says about the number, and not only about the message. */
export function standingOfAck(node: BinaryNode): Standing | undefined {
  const code = /^ack-(\d+)$/.exec(markOfAck(node)?.cause ?? '')?.[1];
  const signal = code === undefined ? undefined : signalOfAck(code);
  return signal && { kind: 'restricted', signal };
}

/** Tells of each restriction that the network announces, and of its end. */
export function followStanding(sock: WASocket, tell: (standing: Standing) => void): void {
  const say = (standing: Standing | undefined) => standing && tell(standing);
  sock.ev.on('connection.update', ({ reachoutTimeLock }) => void (reachoutTimeLock && say(standingOfLock(reachoutTimeLock))));
  sock.ev.on('message-capping.update', (cap) => void say(standingOfCap(cap)));
  sock.ws.on('CB:ack,class:message', (node: BinaryNode) => void say(standingOfAck(node)));
}
