import { NewChatMessageCappingStatusType, type BinaryNode, type NewChatMessageCapInfo, type ReachoutTimelockState, type WASocket } from '@whiskeysockets/baileys';
import { signalOfAck, type Signal } from '../../domain/number-safety/restriction.js';
import { markOfAck } from './marks.js';

/** What the network says about how much a number may do. */
export type Standing =
  | { kind: 'restricted'; signal: Signal; untilMs?: number }
  /** These do not hold. */
  | { kind: 'lifted'; signals: Signal[] };

/**
 * Pure: a lock on starting chats. The client already read its end from seconds. A lock that is on takes the place of what a refused
 * message let us guess.
 */
export function standingOfLock({ isActive, timeEnforcementEnds }: ReachoutTimelockState): Standing[] {
  if (!isActive) return [{ kind: 'lifted', signals: ['reachout-lock'] }];
  const lock: Standing = { kind: 'restricted', signal: 'reachout-lock', ...(timeEnforcementEnds ? { untilMs: timeEnforcementEnds.getTime() } : {}) };
  return [lock, { kind: 'lifted', signals: ['no-new-chats'] }];
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

/** Tells of each restriction that the network announces, and of its end; asks when the number is linked and when a chat is refused. */
export function followStanding(sock: WASocket, tell: (standing: Standing) => void): void {
  sock.ev.on('connection.update', ({ connection, reachoutTimeLock }) => {
    if (reachoutTimeLock) standingOfLock(reachoutTimeLock).forEach(tell);
    if (connection === 'open') void ask(sock, tell);
  });
  const tellCap = (cap: NewChatMessageCapInfo): void => {
    const standing = standingOfCap(cap);
    if (standing) tell(standing);
  };
  sock.ev.on('message-capping.update', tellCap);
  sock.ws.on('CB:ack,class:message', (node: BinaryNode) => {
    const standing = standingOfAck(node);
    if (standing) tell(standing);
    if (standing?.kind === 'restricted' && standing.signal === 'no-new-chats') void askLock(sock);
  });
}

/** The client tells the answer by its event. Without one, what was known stays. */
const askLock = (sock: WASocket): Promise<unknown> => sock.fetchAccountReachoutTimelock().catch(() => undefined);

async function ask(sock: WASocket, tell: (standing: Standing) => void): Promise<void> {
  await askLock(sock);
  const cap = await sock.fetchNewChatMessageCap().catch(() => undefined);
  const standing = cap && standingOfCap(cap);
  if (standing) tell(standing);
}
