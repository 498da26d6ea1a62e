import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Delivery } from './delivery.js';
import type { Ledger, StoredMessage } from './ledger.js';
import type { Rules } from './rules.js';
import type { Sending } from './sending.js';
import { bundleStanzas } from './signal-endpoint.js';
import { seconds, stanza } from './stanza.js';
import { Account, type LinkedDevice, type User } from './users.js';
import type { World } from './world.js';

const { Type } = proto.Message.ProtocolMessage;
const { PLACEHOLDER_MESSAGE_RESEND } = proto.Message.PeerDataOperationRequestType;
const { INITIAL_BOOTSTRAP, RECENT } = proto.HistorySync.HistorySyncType;
const HISTORY_MESSAGES = 50;

/** What phones do by themselves: confirm, ask again, and serve the devices linked to them. */
export class Phones {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly sending: Sending,
    private readonly rules: Rules,
    private readonly log: (message: string, error?: unknown) => void,
  ) {}

  /** A message reached a phone: it will be confirmed and, some time later, read. Also for messages of before a restart. */
  reached(entry: StoredMessage): void {
    const recipient = this.world.user(entry.address);
    const isRead = !(recipient instanceof Account);
    const readLater = () => {
      const { readDelayMs } = this.rules;
      if (isRead && readDelayMs !== null) this.after(readDelayMs, () => this.confirm(entry, 'read'));
    };
    if (entry.state === 'delivered') readLater();
    if (entry.state !== 'sent') return;
    this.after(this.rules.receiptDelayMs, () => {
      this.confirm(entry, 'delivered');
      readLater();
    });
  }

  /** The phone got an id once more: it shows nothing new and confirms again. */
  reachedAgain(entry: StoredMessage): void {
    if (entry.state === 'sent') return;
    this.after(this.rules.receiptDelayMs, () => this.sendReceipts(entry));
  }

  /** A phone could not read a message: it asks the device that sent it for another copy, in a new session. */
  askAgain(phone: User, device: LinkedDevice, { id, count, chat }: { id: string; count: number; chat: string }): void {
    phone.phone.dropSession(device.address);
    const own = phone === device.account;
    const byLid = chat.endsWith('@lid');
    const { registration, ...keys } = bundleStanzas(phone.phone.bundle());
    const from = byLid ? phone.lidJid : phone.phoneJid;
    const attrs = { id, from, type: 'retry', t: seconds(), recipient: own ? chat : undefined };
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
    for (const syncType of [INITIAL_BOOTSTRAP, RECENT]) {
      const conversations = syncType === RECENT ? this.history(account) : [];
      const history = proto.HistorySync.encode({ conversations, syncType, chunkOrder: 1, progress: 100 }).finish();
      const initialHistBootstrapInlinePayload = deflateSync(history);
      const historySyncNotification = { syncType, chunkOrder: 1, progress: 100, initialHistBootstrapInlinePayload };
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
      if (!entry?.message) return [];
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

  /** Nobody confirms anything any more. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private confirm(entry: StoredMessage, state: 'delivered' | 'read'): void {
    if (this.ledger.find(entry.direction, entry.account, entry.chat, entry.id) !== entry || entry.state === 'read') return;
    this.ledger.change(entry, { state });
    this.sendReceipts(entry);
  }

  private sendReceipts({ account, address, id, state }: StoredMessage): void {
    const type = state === 'read' ? 'read' : undefined;
    for (const device of this.world.accounts.get(account)?.devices.values() ?? []) {
      this.delivery.queue(device, stanza('receipt', { id, from: address, t: seconds(), type }));
    }
  }

  private history(account: Account): proto.IConversation[] {
    const all = this.ledger.ofAccount(account.number);
    return [...new Set(all.map(({ address }) => address))].map((id) => {
      const entries = all.filter(({ address }) => address === id).slice(-HISTORY_MESSAGES);
      return { id, name: this.world.user(id)?.name, messages: entries.flatMap((entry) => historyMessage(id, entry)) };
    });
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      try {
        act();
      } catch (error) {
        this.log('a phone could not confirm a message', error);
      }
    }, delayMs);
    this.timers.add(timer);
  }
}

function historyMessage(remoteJid: string, { id, direction, at, message }: StoredMessage): proto.IHistorySyncMsg[] {
  if (!message) return [];
  const key = { remoteJid, id, fromMe: direction !== 'in' };
  const messageTimestamp = Math.floor(Date.parse(at) / 1000);
  return [{ message: { key, messageTimestamp, message: proto.Message.decode(message) } }];
}
