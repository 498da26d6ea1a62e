import type { BinaryNode } from '@whiskeysockets/baileys';
import { chatOf, childrenOf, placeholderOf, rowsOf, type Me } from './classify.js';
import { Gate, takeOver, type Listenable } from './gate.js';
import { ringingOf, type Ringing } from './incoming/calls.js';
import type { Journal } from './journal.js';
import { markOfAck, markOfReceipt, type Mark } from './marks.js';
import type { Session } from './session.js';
import type { Settling } from './settling.js';
import type { Statuses } from './status.js';
import type { InboundRow } from './store.js';

export interface InboundParts {
  session: Session;
  journal: Journal;
  settling: Settling;
  /** Receipts and acks of statuses: nothing for all others. */
  statuses: Pick<Statuses, 'receipt' | 'ack'>;
  /** Filled here: the stanza of each ciphertext. */
  stanzas: WeakMap<object, BinaryNode>;
  me(): Me;
  /** Ids whose ack somebody awaits. */
  inFlight: ReadonlySet<string>;
  ws: Listenable;
  /** Tells the caller's phone that nobody will take this call. */
  refuse(call: Ringing): Promise<void>;
  onError(error: unknown): void;
}

/** Without `offline` Baileys handles the stanza at once, in the gate's order; it would only decide a type that nobody reads. */
function live(node: BinaryNode): BinaryNode {
  const attrs = { ...node.attrs };
  delete attrs['offline'];
  return { ...node, attrs };
}

/** What the client decrypts; another type it refuses before our repository sees it. */
const DECRYPTABLE: ReadonlySet<string | undefined> = new Set(['pkmsg', 'msg', 'skmsg']);

const isCiphertext = ({ tag, attrs, content }: BinaryNode): boolean =>
  tag === 'enc' && content instanceof Uint8Array && DECRYPTABLE.has(attrs['type']);

/** Rows of a stanza that carries no ciphertext; it must be journaled before Baileys acks it. */
function rowsWithoutCiphertext(node: BinaryNode, me: Me): InboundRow[] {
  const plaintext = childrenOf(node).find((child) => child.tag === 'plaintext')?.content;
  if (plaintext instanceof Uint8Array) return rowsOf(node, plaintext, me, false);
  const encrypted = childrenOf(node).some(({ tag }) => tag === 'enc');
  return placeholderOf(node, me, encrypted ? 'decrypt' : 'no-text');
}

/** A call that rings is journaled before the client acks it; then it is refused. */
function followCalls({ session, journal, ws, refuse, onError }: InboundParts, gate: Gate): void {
  const calls = takeOver<BinaryNode>(ws, 'CB:call');
  ws.on('CB:call', (value) => {
    const node = value as BinaryNode;
    const ringing = ringingOf(node);
    gate.pass(chatOf(node), async () => {
      if (session.dead) return;
      if (ringing) await journal.commitRows([ringing.row]);
      await calls(live(node));
      if (ringing && !ringing.late) void refuse(ringing).catch(onError);
    });
  });
}

/**
 * Puts ours in the place of Baileys' listeners for messages, receipts and calls, which are then called by ours.
 * @throws Error when the client does not have exactly one of each
 */
export function inbound(parts: InboundParts): void {
  const { session, journal, stanzas, me, ws, onError } = parts;
  const messages = takeOver<BinaryNode>(ws, 'CB:message');
  const receipts = takeOver<BinaryNode>(ws, 'CB:receipt');
  const gate = new Gate(onError);
  followCalls(parts, gate);

  ws.on('CB:message', (value) => {
    const node = value as BinaryNode;
    const ciphertexts = childrenOf(node).filter(isCiphertext);
    for (const { content } of ciphertexts) stanzas.set(content as Uint8Array, node);
    gate.pass(chatOf(node), async () => {
      if (session.dead) return;
      if (!ciphertexts.length) await journal.commitRows(rowsWithoutCiphertext(node, me()));
      await messages(live(node));
    });
  });

  const settle = ({ waIds, ...mark }: Mark) => parts.settling.settle(...waIds.map((waId) => ({ waId, ...mark })));
  // A mark is in its row before the client acks the receipt: the network repeats what was not acked.
  ws.on('CB:receipt', (value) => {
    const node = value as BinaryNode;
    const mark = markOfReceipt(node, me());
    void (parts.statuses.receipt(node) ?? (mark ? settle(mark) : Promise.resolve())).then(() => receipts(live(node))).catch(onError);
  });
  // Acks that nobody awaits any more still settle their row.
  ws.on('CB:ack,class:message', (value) => {
    const ofStatus = parts.statuses.ack(value as BinaryNode);
    if (ofStatus) return void ofStatus.catch(onError);
    const mark = markOfAck(value as BinaryNode);
    if (mark && !mark.waIds.some((id) => parts.inFlight.has(id))) void settle(mark).catch(onError);
  });
}
