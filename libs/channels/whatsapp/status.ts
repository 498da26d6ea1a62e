import { generateWAMessage, jidNormalizedUser, proto, type BinaryNode, type WASocket } from '@whiskeysockets/baileys';
import { statusColours, type StatusColour } from '../../domain/status/status.js';
import type { SendOutcome } from '../channel.js';
import { clientLogger, type ClientLogSink } from './client-log.js';
import type { Me } from './classify.js';
import { markOfAck, viewOfReceipt } from './marks.js';
import { UPLOAD_IDLE_MS } from './outgoing/compose.js';
import type { Session } from './session.js';
import { Fenced, type SessionStore, type StatusOrder } from './store.js';

/** The address of everybody's statuses. */
export const STATUSES = 'status@broadcast';

const { FontType } = proto.Message.ExtendedTextMessage;
const WHITE_ARGB = 0xffffffff;

export interface StatusParts {
  session: Session;
  store: SessionStore;
  sock: WASocket;
  me(): Me;
  /** Ids of messages whose ack is awaited here, so that nobody else settles them. */
  inFlight: Set<string>;
  log: ClientLogSink;
}

export interface PublishLimits {
  /** For everything, in ms: each viewer's devices have to get the key first. */
  limitMs: number;
  /** The bytes of an image by its SHA-256. */
  openFile(sha256: string): Promise<Uint8Array | undefined>;
}

type Attempt = Extract<SendOutcome, { state: 'sent' | 'failed' | 'unknown' }>;

/**
 * Statuses of a number. Viewers are named by LID alone: one phone number in the list and the network refuses it for everybody (ack 479,
 * Baileys #2794), while the client reports success: the ack is what counts. Without a list nobody at all would see it (Baileys #2118).
 */
export class Statuses {
  constructor(private readonly parts: StatusParts) {}

  /** Publishes a row under its own id, and settles it unless that ends in doubt. Never throws. */
  publish(status: string, limits: PublishLimits): Promise<SendOutcome> {
    return this.guarded(async () => {
      const { store } = this.parts;
      const order = await store.beginStatus(status);
      if (!order) return { state: 'missing' };
      if (order.state === 'published') return { state: 'sent' };
      if (order.state === 'scheduled') return { state: 'offline' }; // moved meanwhile: not its time yet
      if (order.state !== 'publishing') return { state: 'missing' };
      const outcome = await this.attempt(order.waId, limits.limitMs, (isOver) => this.relay(status, order, limits, isOver));
      if (outcome.state !== 'unknown') await this.settle(order.waId, outcome);
      return outcome;
    });
  }

  /** Takes a status back from everybody who got it. Never throws. */
  remove(status: string, { limitMs }: Pick<PublishLimits, 'limitMs'>): Promise<SendOutcome> {
    return this.guarded(async () => {
      const { store, sock } = this.parts;
      const order = await store.beginStatusRemoval(status);
      if (!order) return { state: 'missing' };
      const { waId, removalWaId } = order;
      const target = { remoteJid: STATUSES, fromMe: true, id: waId };
      const outcome = await this.attempt(removalWaId, limitMs, async () => {
        await sock.sendMessage(STATUSES, { delete: target }, { messageId: removalWaId, statusJidList: this.viewers(order.recipients) });
        return undefined;
      });
      if (outcome.state !== 'unknown') await store.settleStatusRemoval(removalWaId, outcome.state === 'failed' ? `removal-${outcome.cause}` : undefined);
      return outcome;
    });
  }

  /** What went out under an id, for a viewer's phone that could not read it. */
  async sent(waId: string): Promise<proto.IMessage | undefined> {
    const raw = await this.parts.session.alongside(() => this.parts.store.sentStatus(waId));
    return raw && proto.Message.decode(raw);
  }

  /** Somebody has looked: in its row before the client acks the receipt. Undefined for any other receipt. */
  receipt(node: BinaryNode): Promise<void> | undefined {
    const view = viewOfReceipt(node, this.parts.me());
    return view && this.parts.session.alongside(() => this.parts.store.statusViewed(view));
  }

  /** A word about a status that nobody awaits any more still settles its row. Undefined for any other ack. */
  ack(node: BinaryNode): Promise<void> | undefined {
    const mark = node.attrs['from'] === STATUSES ? markOfAck(node) : undefined;
    const [waId] = mark?.waIds ?? [];
    if (!mark || waId === undefined) return undefined;
    if (this.parts.inFlight.has(waId)) return Promise.resolve();
    return this.settle(waId, mark.state === 'failed' ? { state: 'failed', cause: mark.cause ?? 'ack' } : { state: 'sent' });
  }

  private settle(waId: string, outcome: Exclude<Attempt, { state: 'unknown' }>): Promise<void> {
    const { session, store } = this.parts;
    const cause = outcome.state === 'failed' ? outcome.cause : undefined;
    return session.alongside(() => store.settleStatus(waId, outcome.state === 'sent' ? 'published' : 'failed', cause));
  }

  /** @returns why it cannot be sent at all, if so */
  private async relay(status: string, order: StatusOrder, limits: PublishLimits, isOver: () => boolean): Promise<string | undefined> {
    if (order.recipients.length === 0) return 'no-audience';
    const message = order.raw ? proto.Message.decode(order.raw) : await this.build(order, limits);
    if (typeof message === 'string') return message;
    // Before it leaves: a viewer may ask for it at once, and after a crash the same goes out again.
    if (!order.raw) await this.parts.store.keepStatus(status, Buffer.from(proto.Message.encode(message).finish()));
    if (isOver()) return undefined; // whoever asked has gone, and may have taken it back: the next attempt finds it made
    await this.parts.sock.relayMessage(STATUSES, message, { messageId: order.waId, statusJidList: this.viewers(order.recipients) });
    return undefined;
  }

  private async build(order: StatusOrder, { openFile }: PublishLimits): Promise<proto.IMessage | string> {
    const { sock, log } = this.parts;
    const options = { userJid: sock.user!.id, messageId: order.waId, upload: sock.waUploadToServer, mediaUploadTimeoutMs: UPLOAD_IDLE_MS, logger: clientLogger(log) };
    if (order.kind === 'text') {
      const backgroundColor = statusColours[order.colour as StatusColour];
      const { message } = await generateWAMessage(STATUSES, { text: order.text, linkPreview: null }, { ...options, backgroundColor, font: FontType.SYSTEM_TEXT });
      message!.extendedTextMessage!.textArgb = WHITE_ARGB;
      return message!;
    }
    const image = await openFile(order.image ?? '');
    if (!image) return 'file-missing';
    const caption = order.text === '' ? {} : { caption: order.text };
    const { message } = await generateWAMessage(STATUSES, { image: Buffer.from(image), mimetype: order.mimetype ?? 'image/jpeg', ...caption }, options);
    return message!;
  }

  /** The number itself, too: its owner's phone shows what it has posted. */
  private viewers(recipients: readonly string[]): string[] {
    const { lid } = this.parts.me();
    return [...new Set([...recipients, ...(lid ? [jidNormalizedUser(lid)] : [])])];
  }

  /** Sends under an id and waits for the network's word about it. */
  private async attempt(waId: string, limitMs: number, send: (isOver: () => boolean) => Promise<string | undefined>): Promise<Attempt> {
    const { session, sock, inFlight } = this.parts;
    inFlight.add(waId);
    let isOver = false;
    const ack = sock.waitForMessage<BinaryNode>(waId, limitMs); // before the send: it may be quick
    ack.catch(() => undefined);
    const sent = send(() => isOver).then(async (refusal): Promise<Attempt> => (refusal === undefined ? wordOf(await ack) : { state: 'failed', cause: refusal }))
      .catch((error: unknown): Attempt => {
        if (error instanceof Fenced) throw error;
        return { state: 'unknown', cause: 'send-failed' };
      });
    sent.catch(() => undefined); // may fail when nobody waits any more
    try {
      return await session.firstOf(sent, (why): Attempt => ({ state: 'unknown', cause: why === 'ended' ? 'link-closed' : 'no-ack' }), limitMs);
    } finally {
      isOver = true;
      inFlight.delete(waId);
    }
  }

  private async guarded(work: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const { session } = this.parts;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fenced)) return { state: 'unknown', cause: 'database' };
      session.die(error);
      return { state: 'fenced' };
    }
  }
}

/** A receipt under this id says that it is out, too. */
function wordOf(answer: BinaryNode | undefined): Attempt {
  if (!answer) return { state: 'unknown', cause: 'no-ack' };
  const mark = answer.tag === 'ack' ? markOfAck(answer) : undefined;
  return mark?.state === 'failed' ? { state: 'failed', cause: mark.cause ?? 'ack' } : { state: 'sent' };
}
