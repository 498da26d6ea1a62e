import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { Delivery } from '../delivery.js';
import type { Faults } from '../faults.js';
import type { Ledger, StoredMessage } from '../ledger.js';
import { child, seconds, type Stanza, stanza } from '../stanza.js';
import type { LinkedDevice } from '../users.js';
import type { World } from '../world.js';
import { fileOf, type Media } from './media.js';

const { SUCCESS, NOT_FOUND } = proto.MediaRetryNotification.ResultType;

/** A client could not fetch a file: its phone uploads it once more and tells the new path, or that it has the file no longer. */
export class MediaRetries {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly media: Media,
    private readonly delivery: Delivery,
    private readonly faults: Faults,
  ) {}

  /** @param node the client's receipt of type `server-error` */
  onRequest(device: LinkedDevice, node: Stanza): void {
    const { id = '' } = node.attrs;
    const about = child(node, 'rmr');
    const entry = about && this.find(device, about, id);
    const answer = (entry && this.uploadAgain(device, entry)) ?? stanza('error', { code: String(NOT_FOUND) });
    const attrs = { id, type: 'mediaretry', from: device.account.phoneJid, t: seconds() };
    const { jid, from_me, participant } = about?.attrs ?? {};
    this.delivery.queue(device, stanza('notification', attrs, [stanza('rmr', { jid, from_me, participant }), answer]));
  }

  private find({ account }: LinkedDevice, { attrs }: Stanza, id: string): StoredMessage | undefined {
    const chat = this.world.chatOf(attrs['jid']) ?? '';
    const directions = attrs['from_me'] === 'true' ? (['own', 'out'] as const) : (['in'] as const);
    return directions.map((direction) => this.ledger.find(direction, account.number, chat, id)).find(Boolean);
  }

  private uploadAgain({ account }: LinkedDevice, { id, message }: StoredMessage): Stanza | undefined {
    const part = message && fileOf(proto.Message.decode(message))?.part;
    if (!part?.mediaKey || !part.fileEncSha256 || this.faults.take('lose-media', account.number)) return undefined;
    const directPath = this.media.uploadAgain(account.number, part.fileEncSha256);
    if (!directPath) return undefined;
    const news = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result: SUCCESS }).finish();
    const { iv, ciphertext } = sealed(news, part.mediaKey, id);
    return stanza('encrypt', {}, [stanza('enc_p', {}, ciphertext), stanza('enc_iv', {}, iv)]);
  }
}

/** AES-256-GCM under a key of the file's own, with the message's id as authenticated data. */
function sealed(plain: Uint8Array, mediaKey: Uint8Array, id: string): { iv: Buffer; ciphertext: Buffer } {
  const key = Buffer.from(hkdfSync('sha256', mediaKey, '', 'WhatsApp Media Retry Notification', 32));
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  return { iv, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}
