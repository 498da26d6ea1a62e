import { randomBytes } from 'node:crypto';
import { encodeWAMessage, proto } from '@whiskeysockets/baileys';
import type { Delivery } from './delivery.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { attrsOf } from './message-attrs.js';
import { shownOf } from './messages.js';
import { newId, seconds, type Stanza, stanza } from './stanza.js';
import type { Store } from './store.js';
import type { Account, LinkedDevice, Person, User } from './users.js';
import type { World } from './world.js';

interface Envelope {
  id: string;
  attrs: Record<string, string | undefined>;
  /** How often the client has asked for this message. */
  count?: string;
}

/** What phones send: virtual customers, and the owner on the business phone itself. */
export class Sending {
  private readonly tokens = new Map<string, Buffer>();

  constructor(
    private readonly world: World,
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
  ) {}

  /**
   * A virtual customer writes to a business; resolves with the id once the network has it.
   * @param id one that was sent before is sent again
   */
  async personWrites(person: Person, account: Account, message: proto.IMessage, id = newId()): Promise<string> {
    const fromAd = person.ad && !this.ledger.hasChat(account.number, person.number);
    this.record('in', account, person, id, message);
    this.grantToken(person, account);
    const attrs = { ...senderAttrs(person), notify: person.name };
    for (const device of account.devices.values()) {
      const withheld = fromAd ? stanza('unavailable') : unavailable(message);
      if (withheld) this.delivery.queue(device, stanza('message', { id, t: seconds(), ...attrsOf(message).message, ...attrs }, [withheld]));
      else await this.encryptFor(person, device, message, { id, attrs });
    }
    this.store.flush();
    return id;
  }

  /** The owner writes on the phone: the person gets it, the linked devices get a copy. Resolves with what the network noted. */
  async ownerWrites(account: Account, person: Person, message: proto.IMessage, id = newId()): Promise<StoredMessage> {
    const entry = this.record('own', account, person, id, message);
    for (const device of account.devices.values()) await this.copyForDevice(account, person, device, id, message);
    this.store.flush();
    return entry;
  }

  /** The client could not read a message: once more, in a new session. */
  async again(device: LinkedDevice, entry: StoredMessage, count: string): Promise<void> {
    const { account } = device;
    const person = this.world.people.get(entry.chat);
    if (!person || !entry.message) return;
    const message = proto.Message.decode(entry.message);
    this.ledger.change(entry, { retries: entry.retries + 1 });
    if (entry.direction === 'own') return this.copyForDevice(account, person, device, entry.id, message, count);
    const attrs = { ...senderAttrs(person), notify: person.name };
    await this.encryptFor(person, device, message, { id: entry.id, attrs, count });
  }

  /** The phone speaks to a linked device about their common state (keys, history, resends). */
  async peer(account: Account, device: LinkedDevice, protocolMessage: proto.Message.IProtocolMessage): Promise<void> {
    const attrs = { from: account.phoneJid, category: 'peer' };
    await this.encryptFor(account, device, { protocolMessage }, { id: newId(), attrs });
  }

  private async copyForDevice(
    account: Account,
    person: Person,
    device: LinkedDevice,
    id: string,
    message: proto.IMessage,
    count?: string,
  ): Promise<void> {
    const destinationJid = person.jid;
    const attrs =
      destinationJid === person.lidJid
        ? { from: account.lidJid, addressing_mode: 'lid', peer_recipient_pn: person.hidePhone ? undefined : person.phoneJid }
        : { from: account.phoneJid, peer_recipient_lid: person.lidJid };
    const copy = { deviceSentMessage: { destinationJid, message } };
    await this.encryptFor(account, device, copy, { id, attrs: { ...attrs, recipient: destinationJid, notify: account.name }, count });
  }

  private async encryptFor(sender: User, device: LinkedDevice, message: proto.IMessage, envelope: Envelope): Promise<void> {
    const { id, attrs, count } = envelope;
    const { phone } = sender;
    await phone.inTurn(async () => {
      if (count !== undefined) phone.dropSession(device.address);
      if (!phone.hasSession(device.address)) await phone.startSession(device.address, this.world.takeBundle(device));
      const { type, ciphertext } = await phone.encrypt(device.address, encodeWAMessage(message));
      const labels = attrsOf(message.deviceSentMessage?.message ?? message);
      const enc = stanza('enc', { v: '2', type, count, ...labels.enc }, ciphertext);
      this.delivery.queue(device, stanza('message', { id, t: seconds(), ...labels.message, ...attrs }, [enc]), count !== undefined);
    });
  }

  /** Writing to a business entitles it to answer: its devices learn the token before the message. */
  private grantToken(person: Person, account: Account): void {
    if (this.tokenOf(account, person)) return;
    const token = this.tokenFrom(person, account);
    const t = seconds();
    for (const device of account.devices.values()) {
      const node = stanza('token', { jid: account.phoneJid, t, type: 'trusted_contact' }, token);
      const attrs = { from: person.hidePhone ? person.lidJid : person.phoneJid, sender_lid: person.lidJid };
      const tokens = stanza('tokens', {}, [node]);
      this.delivery.queue(device, stanza('notification', { ...attrs, type: 'privacy_token', id: newId(), t }, [tokens]));
    }
  }

  /** The token that a person gives to a business, always the same one. */
  tokenFrom(person: Person, account: Account): Buffer {
    const token = this.tokenOf(account, person) ?? randomBytes(16);
    const key = `${account.number}|${person.number}`;
    this.tokens.set(key, token);
    this.store.put('token', key, () => token);
    return token;
  }

  /** The token that a person has given to a business. */
  tokenOf(account: Account, person: User): Buffer | undefined {
    return this.tokens.get(`${account.number}|${person.number}`);
  }

  restore(): void {
    for (const { key, value } of this.store.load<Buffer>('token')) this.tokens.set(key, value);
  }

  clear(): void {
    this.tokens.clear();
  }

  private record(
    direction: 'in' | 'own',
    account: Account,
    person: Person,
    id: string,
    message: proto.IMessage,
  ): StoredMessage {
    const repeated = this.ledger.find(direction, account.number, person.number, id);
    if (repeated) {
      this.ledger.change(repeated, { copies: repeated.copies + 1 });
      return repeated;
    }
    const encoded = Buffer.from(proto.Message.encode(message).finish());
    const names = { direction, account: account.number, chat: person.number, id, address: person.jid };
    return this.ledger.add({ ...names, ...shownOf(message), message: encoded });
  }
}

/** How the network names the sender to a business. */
export function senderAttrs(person: Person): Record<string, string | undefined> {
  if (person.jid === person.phoneJid) return { from: person.phoneJid, sender_lid: person.lidJid };
  return { from: person.lidJid, addressing_mode: 'lid', sender_pn: person.hidePhone ? undefined : person.phoneJid };
}

/** What may be looked at once, and on the phone only, reaches linked devices as a placeholder. */
const unavailable = ({ viewOnceMessageV2 }: proto.IMessage): Stanza | undefined =>
  viewOnceMessageV2 ? stanza('unavailable', { type: 'view_once' }) : undefined;
