import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { SendOutcome } from '../channel.js';
import { isRebuilt, NotReady, type Composer } from './outgoing/compose.js';
import { carriesFile, Unsendable } from './outgoing/content.js';
import { hasWhatsApp } from './outgoing/reach.js';
import { markRead } from './outgoing/read-marks.js';
import { relay } from './outgoing/relay.js';
import type { Session } from './session.js';
import type { Settling } from './settling.js';
import { Fenced, type SendOrder, type SessionStore } from './store.js';

export interface SendParts {
  session: Session;
  settling: Settling;
  store: SessionStore;
  composer: Composer;
  sock: WASocket;
  /** Ids of messages whose ack is awaited here, so that nobody else settles them. */
  inFlight: Set<string>;
}

/** The network acks within a second. However long an upload may take, a message whose ack got lost goes out again soon. */
const ACK_LIMIT_MS = 10_000;

export type Attempt = Extract<SendOutcome, { state: 'sent' | 'failed' | 'unknown' | 'unsent' }>;

interface Ready {
  to: string;
  message: proto.IMessage;
}

/** Where to: the LID if it is known, as today's network refuses a phone number whose owner has one (ack 463). */
export async function destination(sock: WASocket, addresses: readonly string[]): Promise<string | undefined> {
  const [first] = addresses;
  if (!first || first.endsWith('@lid')) return first;
  return (await sock.signalRepository.lidMapping.getLIDForPN(first)) ?? first;
}

/** All that is needed before anything leaves. @throws Unsendable @throws NotReady */
async function prepare({ sock, store, composer }: SendParts, row: string, order: SendOrder): Promise<Ready> {
  const to = await destination(sock, order.addresses);
  if (!to) throw new Unsendable('no-address');
  if (!order.hasWritten && !order.raw && (await hasWhatsApp(sock, store, order.addresses)) === false) throw new Unsendable('not-on-whatsapp');
  return { to, message: await composer.message(row, order, to) };
}

/** While the answer is on its way; a mark that gets lost is told with the next answer. */
async function tellRead({ sock, session, store }: SendParts, order: SendOrder, to: string): Promise<void> {
  const { reads } = order;
  if (!reads || !(await markRead(sock, order, to)) || session.dead) return;
  await session.alongside(() => store.readMarked(reads.conversation, reads.upTo));
}

/** What an attempt that threw comes to. @param left whether anything may have left this process @throws Fenced */
function outcomeOf(error: unknown, left: boolean): Attempt {
  if (error instanceof Fenced) throw error;
  if (error instanceof Unsendable) return { state: 'failed', cause: error.cause };
  if (left) return { state: 'unknown', cause: 'send-failed' };
  return { state: 'unsent', cause: error instanceof NotReady ? error.cause : 'database' };
}

/**
 * Nothing left in this attempt. An earlier one keeps its protobuf before it leaves, so that the row tells; of a text, which is made anew each
 * time, it does not: the row stays as one that may be out, and is never called failed because its time is over.
 */
async function waitAgain({ store }: SendParts, row: string, order: SendOrder, cause: string): Promise<void> {
  if (!isRebuilt(order)) await store.unsent(row, cause);
}

/**
 * Sends a row that `beginSend` has given, under the row's own id: a repeat is dropped by the customer's phone.
 * @param row its id
 * @param limitMs for everything; what may have left and is not known by then is `unknown`
 * @throws Fenced
 */
export async function sendOrder(parts: SendParts, row: string, order: SendOrder, limitMs: number): Promise<Attempt> {
  const { session, settling, sock, inFlight } = parts;
  const phase = { left: false, over: false };
  const given = (cause: string): Attempt => (phase.left ? { state: 'unknown', cause } : { state: 'unsent', cause });
  const cutShort = (why: 'ended' | 'limit'): Attempt =>
    given(why === 'ended' ? 'link-closed' : !phase.left && carriesFile(order) ? 'uploading' : 'no-ack');
  inFlight.add(order.waId);
  const sent = prepare(parts, row, order)
    .then(({ to, message }): Promise<Attempt> | Attempt => {
      if (phase.over) return given('link-closed'); // its caller has gone: the next attempt finds the message made
      phase.left = true;
      void tellRead(parts, order, to).catch(() => undefined);
      return relay(sock, to, message, order.waId, Math.min(limitMs, ACK_LIMIT_MS));
    })
    .catch((error: unknown) => outcomeOf(error, phase.left));
  sent.catch(() => undefined); // it may come too late to be heard
  try {
    const outcome = await session.firstOf(sent, cutShort, limitMs);
    phase.over = true;
    if (session.dead) return outcome;
    if (outcome.state === 'unsent') await waitAgain(parts, row, order, outcome.cause);
    else await settling.settle({ waId: order.waId, ...outcome });
    return outcome;
  } finally {
    inFlight.delete(order.waId);
  }
}
