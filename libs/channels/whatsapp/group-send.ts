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
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'unknown', cause: 'no-ack' }), limitMs);
  });
  const closed = session.ended.then((): Attempt => ({ state: 'unknown', cause: 'link-closed' }));
  const message = textMessage(order.waId, order.text, sock.authState.creds.advSecretKey);
  const sent = relay(sock, order.group, message, order.waId, limitMs).catch((): Attempt => ({ state: 'unknown', cause: 'send-failed' }));
  try {
    const outcome = await Promise.race([sent, closed, limit]);
    if (!session.dead) await session.alongside(() => store.settleGroup(row, outcome.state, 'cause' in outcome ? outcome.cause : undefined));
    return outcome;
  } finally {
    clearTimeout(timer);
    inFlight.delete(order.waId);
  }
}
