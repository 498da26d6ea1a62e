import { createHmac } from 'node:crypto';
import { generateWAMessageContent, generateWAMessageFromContent, proto, type MessageGenerationOptions, type WASocket } from '@whiskeysockets/baileys';
import type { SendOrder } from '../store.js';
import { carriesFile, contentOf, isSendable, Unsendable } from './content.js';
import { quotedOf } from './quoted.js';

/** Nothing has left, and trying again may help. */
export class NotReady extends Error {
  override readonly name = 'NotReady';

  /** @param cause of `sendCauses` */
  constructor(override readonly cause: string) {
    super(cause);
  }
}

/** An upload over which nothing has moved for so long is given up: repeats join one that is under way, and would wait for it for ever. */
export const UPLOAD_IDLE_MS = 30_000;

export interface ComposeParts {
  sock: WASocket;
  logger: MessageGenerationOptions['logger'];
  /** Bytes of a file of this company by their SHA-256 in hex; undefined if there are none. */
  openFile(sha256: string): Promise<Uint8Array | undefined>;
  /** Keeps the protobuf of a row for its repeats. @returns the one to send: of two attempts the first one's */
  keep(message: string, raw: Buffer): Promise<Buffer | undefined>;
}

/**
 * What lets the network count reports of a message (`messageSecret`): of the id, so that a message that is made again is the same, byte by
 * byte. @param key a secret of this link
 */
const secretOf = (waId: string, key: string): Buffer => createHmac('sha256', key).update(`message-secret/${waId}`).digest();

/** A row of text alone is made anew from the row each time: the same bytes, and no statement more for each answer. */
export const isRebuilt = ({ kind, details }: Pick<SendOrder, 'kind' | 'details'>): boolean => kind === 'text' && !details?.quote;

/** Pure: the message of a text, the same each time. */
export const textMessage = (waId: string, text: string, key: string): proto.IMessage => ({
  extendedTextMessage: { text },
  messageContextInfo: { messageSecret: secretOf(waId, key) },
});

/** Bytes of the row's file. @throws Unsendable `file-missing` @throws NotReady `file-unreachable` */
async function bytesOf({ openFile }: ComposeParts, { file }: SendOrder): Promise<Buffer> {
  if (!file) throw new Unsendable('file-missing');
  const bytes = await openFile(file.sha256).catch(() => {
    throw new NotReady('file-unreachable');
  });
  if (!bytes) throw new Unsendable('file-missing');
  return Buffer.from(bytes);
}

/** Makes the message, uploading its file. @throws Unsendable @throws NotReady `upload-failed` */
async function make(parts: ComposeParts, order: SendOrder, chat: string): Promise<proto.IMessage> {
  const { sock, logger } = parts;
  const bytes = carriesFile(order) ? await bytesOf(parts, order) : undefined;
  const content = contentOf(order, bytes);
  if ('react' in content) content.react = { ...content.react, key: { ...content.react.key, remoteJid: chat } };
  const inner = await generateWAMessageContent(content, { logger, jid: chat, upload: sock.waUploadToServer, mediaUploadTimeoutMs: UPLOAD_IDLE_MS }).catch(() => {
    throw bytes ? new NotReady('upload-failed') : new Unsendable('kind-not-sendable');
  });
  const { me, advSecretKey } = sock.authState.creds;
  const quoted = quotedOf(order, chat);
  const userJid = (chat.endsWith('@lid') ? me?.lid : undefined) ?? me?.id ?? '';
  const { message } = generateWAMessageFromContent(chat, inner, { userJid, messageId: order.waId, ...(quoted ? { quoted } : {}) });
  if (message?.messageContextInfo?.messageSecret) message.messageContextInfo.messageSecret = secretOf(order.waId, advSecretKey);
  return message!;
}

/** Makes the messages of rows, each once: a repeat gets the same protobuf, and joins an upload that is still under way. */
export class Composer {
  private readonly underWay = new Map<string, Promise<proto.IMessage>>();

  constructor(private readonly parts: ComposeParts) {}

  /**
   * @param row id of the order's row
   * @param chat the address that is written to
   * @throws Unsendable when no message can be made of the row @throws NotReady when it could not be made now
   */
  message(row: string, order: SendOrder, chat: string): Promise<proto.IMessage> {
    if (isRebuilt(order)) return Promise.resolve(textMessage(order.waId, order.text, this.parts.sock.authState.creds.advSecretKey));
    if (order.raw) return Promise.resolve(proto.Message.decode(order.raw));
    const known = this.underWay.get(row);
    if (known) return known;
    const made = this.makeOnce(row, order, chat).finally(() => this.underWay.delete(row));
    made.catch(() => undefined); // whoever waited for it may have given up
    this.underWay.set(row, made);
    return made;
  }

  private async makeOnce(row: string, order: SendOrder, chat: string): Promise<proto.IMessage> {
    if (!isSendable(order.kind)) throw new Unsendable('kind-not-sendable');
    const raw = Buffer.from(proto.Message.encode(await make(this.parts, order, chat)).finish());
    const kept = await this.parts.keep(row, raw);
    return proto.Message.decode(kept ?? raw);
  }
}
