import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Delivery } from './delivery.js';
import type { Histories } from './histories.js';
import type { Ledger, StoredMessage } from './ledger.js';
import type { Readers } from './readers.js';
import type { Rules } from './rules.js';
import type { Sending } from './sending.js';
import { bundleStanzas } from './signal-endpoint.js';
import { seconds, stanza } from './stanza.js';
import type { Timers } from './timers.js';
import { Account, type LinkedDevice, type User } from './users.js';
import type { World } from './world.js';

const { Type } = proto.Message.ProtocolMessage;
const { PLACEHOLDER_MESSAGE_RESEND } = proto.Message.PeerDataOperationRequestType;

/** A message that a phone could not read. */
export interface Wanted {
  id: string;
  count: number;
  chat: string;
  /** In a group: how it names the one who asks. */
  participant?: string;
}

/** What phones do by themselves: confirm, ask again, and serve the devices linked to them. */
export class Phones {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly sending: Sending,
    private readonly rules: Rules,
    private readonly timers: Timers,
    private readonly histories: Histories,
  ) {}

  /** A message reached a phone: it will be confirmed and, some time later, read. Also for messages of before a restart. */
  reached(entry: StoredMessage): void {
    const recipient = this.world.user(entry.address);
    const isRead = !(recipient instanceof Account);
    const readLater = () => {
      const { readDelayMs } = this.rules;
      if (isRead && readDelayMs !== null) this.timers.after(readDelayMs, () => this.confirm(entry, 'read'));
    };
    if (entry.state === 'delivered') readLater();
    if (entry.state !== 'sent') return;
    this.timers.after(this.rules.receiptDelayMs, () => {
      this.confirm(entry, 'delivered');
      readLater();
    });
  }

  /** After a restart: phones go on confirming, and people reading. */
  resume(readers: Readers): void {
    for (const { number } of this.world.accounts.values()) {
      for (const entry of this.ledger.ofAccount(number)) {
        if (entry.receipts) readers.resume(entry);
        else if (entry.direction !== 'in') this.reached(entry);
      }
    }
  }

  /** The phone got an id once more: it shows nothing new and confirms again. */
  reachedAgain(entry: StoredMessage): void {
    if (entry.state === 'sent') return;
    this.timers.after(this.rules.receiptDelayMs, () => this.sendReceipts(entry));
  }

  /** A phone could not read a message: it asks the device that sent it for another copy, in a new session. */
  askAgain(phone: User, device: LinkedDevice, { id, count, chat, participant }: Wanted): void {
    phone.phone.dropSession(device.address);
    const own = phone === device.account;
    const byLid = chat.endsWith('@lid');
    const { registration, ...keys } = bundleStanzas(phone.phone.bundle());
    const address = byLid ? phone.lidJid : phone.phoneJid;
    const who = participant ? { from: chat, participant } : { from: address, recipient: own ? chat : undefined };
    const attrs = { id, ...who, type: 'retry', t: seconds() };
    const retry = stanza('retry', { count: String(count), id, t: seconds(), v: '1' });
    this.delivery.queue(device, stanza('receipt', attrs, [retry, registration, stanza('keys', {}, Object.values(keys))]));
  }

  /** A device was just linked: the phone sends it the keys of the common state and its recent chats. */
  async bootstrap(device: LinkedDevice): Promise<void> {
    const { account } = device;
    device.bootstrapped = true;
    this.world.saveDevice(device);
    const fingerprint = { rawId: 1, currentIndex: 0, deviceIndexes: [0] };
    const keyData = { keyData: randomBytes(32), fingerprint, timestamp: Date.now() };
    const keys = [{ keyId: { keyId: Buffer.from([0, 0, 0, 0, 0, 1]) }, keyData }];
    await this.sending.peer(account, device, { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } });
    for (const part of this.histories.partsFor(account)) {
      const about = { syncType: part.syncType, chunkOrder: 1, progress: 100 };
      const initialHistBootstrapInlinePayload = deflateSync(proto.HistorySync.encode({ ...part, ...about }).finish());
      const historySyncNotification = { ...about, initialHistBootstrapInlinePayload };
      await this.sending.peer(account, device, { type: Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification });
    }
  }

  /** A linked device asks its phone for something; so far phones answer requests for a message that came without its text. */
  async onPeerMessage(device: LinkedDevice, id: string, message: proto.IMessage): Promise<void> {
    const inner = message.deviceSentMessage?.message ?? message;
    const request = inner.protocolMessage?.peerDataOperationRequestMessage;
    const results = (request?.placeholderMessageResendRequest ?? []).flatMap(({ messageKey }) => {
      const chat = this.world.user(messageKey?.remoteJid ?? undefined)?.number ?? '';
      const entry = this.ledger.find('in', device.account.number, chat, messageKey?.id ?? '');
      if (!entry?.message || entry.media?.viewOnce) return [];
      const messageTimestamp = Math.floor(Date.parse(entry.at) / 1000);
      const info = { key: messageKey ?? {}, message: proto.Message.decode(entry.message), messageTimestamp };
      return [{ placeholderMessageResendResponse: { webMessageInfoBytes: proto.WebMessageInfo.encode(info).finish() } }];
    });
    if (!results.length) return;
    await this.sending.peer(device.account, device, {
      type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: {
        stanzaId: id,
        peerDataOperationRequestType: PLACEHOLDER_MESSAGE_RESEND,
        peerDataOperationResult: results,
      },
    });
  }

  /** A person played a voice note or a film, and the business' clients are told. */
  played(entry: StoredMessage): void {
    if (!entry.media || entry.played) return;
    this.ledger.change(entry, { played: true });
    this.sendReceipts(entry, 'played');
  }

  /** That message was delivered or read, and the business' clients are told. */
  confirm(entry: StoredMessage, state: 'delivered' | 'read'): void {
    if (this.ledger.find(entry.direction, entry.account, entry.chat, entry.id) !== entry || entry.state === 'read') return;
    this.ledger.change(entry, { state });
    this.sendReceipts(entry);
  }

  private sendReceipts({ account, address, id, state }: StoredMessage, type = state === 'read' ? 'read' : undefined): void {
    for (const device of this.world.accounts.get(account)?.devices.values() ?? []) {
      this.delivery.queue(device, stanza('receipt', { id, from: address, t: seconds(), type }));
    }
  }
}
