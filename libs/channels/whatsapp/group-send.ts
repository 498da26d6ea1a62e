import type { SendOutcome } from '../channel.js';
import { textMessage } from './outgoing/compose.js';
import { relay } from './outgoing/relay.js';
import type { SendParts } from './send.js';
import type { GroupOrder } from './store.js';

type Attempt = Extract<SendOutcome, { state: 'sent' | 'failed' | 'unknown' }>;

/**
 * Sends a text to a group under its row's id; the client gives its sender key to members who lack it.
 * @param row id of its row
 * @param limitMs for everything; what is not known by then is `unknown`
 */
export async function sendToGroup(parts: Omit<SendParts, 'settling' | 'composer'>, row: string, order: GroupOrder, limitMs: number): Promise<Attempt> {
  const { session, store, sock, inFlight } = parts;
  inFlight.add(order.waId);
  const message = textMessage(order.waId, order.text, sock.authState.creds.advSecretKey);
  const sent = relay(sock, order.group, message, order.waId, limitMs).catch((): Attempt => ({ state: 'unknown', cause: 'send-failed' }));
  try {
    const outcome = await session.firstOf(sent, (why): Attempt => ({ state: 'unknown', cause: why === 'ended' ? 'link-closed' : 'no-ack' }), limitMs);
    if (!session.dead) await session.alongside(() => store.settleGroup(row, outcome.state, 'cause' in outcome ? outcome.cause : undefined));
    return outcome;
  } finally {
    inFlight.delete(order.waId);
  }
}
