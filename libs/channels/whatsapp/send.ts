import type { WASocket } from '@whiskeysockets/baileys';
import type { SendOutcome } from '../channel.js';
import { markOfAck } from './marks.js';
import type { Session } from './session.js';
import type { Settling } from './settling.js';
import type { SendOrder } from './store.js';

export interface SendParts {
  session: Session;
  settling: Settling;
  sock: WASocket;
  /** Ids of messages whose ack is awaited here, so that nobody else settles them. */
  inFlight: Set<string>;
}

type Attempt = Extract<SendOutcome, { state: 'sent' | 'failed' | 'unknown' }>;

/** Where to: the LID if it is known, as today's network refuses a phone number whose owner has one (ack 463). */
export async function destination(sock: WASocket, addresses: readonly string[]): Promise<string | undefined> {
  const [first] = addresses;
  if (!first || first.endsWith('@lid')) return first;
  return (await sock.signalRepository.lidMapping.getLIDForPN(first)) ?? first;
}

/** Hands the message to the socket and waits for the network's word about it. */
async function attempt({ sock }: SendParts, order: SendOrder, ackLimitMs: number): Promise<Attempt> {
  if (order.kind !== 'text') return { state: 'failed', cause: 'kind-not-sendable' };
  const to = await destination(sock, order.addresses);
  if (!to) return { state: 'failed', cause: 'no-address' };
  const ack = sock.waitForMessage<{ tag: string; attrs: Record<string, string> }>(order.waId, ackLimitMs); // before the send: it may be quick
  ack.catch(() => undefined); // may fail while the send still runs
  await sock.sendMessage(to, { text: order.text, linkPreview: null }, { messageId: order.waId });
  const answer = await ack;
  if (!answer) return { state: 'unknown', cause: 'no-ack' };
  const mark = answer.tag === 'ack' ? markOfAck(answer) : undefined; // a receipt under this id says that it is out, too
  return mark?.state === 'failed' ? { state: 'failed', cause: mark.cause ?? 'ack' } : { state: 'sent' };
}

/**
 * Sends a row that `beginSend` has given, under the row's own id: a repeat is dropped by the customer's phone.
 * @param limitMs for everything; what is not known by then is `unknown`
 */
export async function sendOrder(parts: SendParts, order: SendOrder, limitMs: number): Promise<Attempt> {
  const { session, settling, inFlight } = parts;
  inFlight.add(order.waId);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'unknown', cause: 'no-ack' }), limitMs);
  });
  // Once the socket has closed, a query that Baileys began never ends.
  const closed = session.ended.then((): Attempt => ({ state: 'unknown', cause: 'link-closed' }));
  const sent = attempt(parts, order, limitMs).catch((): Attempt => ({ state: 'unknown', cause: 'send-failed' }));
  try {
    const outcome = await Promise.race([sent, closed, limit]);
    if (!session.dead) await settling.settle({ waId: order.waId, ...outcome });
    return outcome;
  } finally {
    clearTimeout(timer);
    inFlight.delete(order.waId);
  }
}
