import { proto } from '@whiskeysockets/baileys';
import type { Broadcasts } from './broadcasts.js';
import type { Connection } from './connection.js';
import type { Delivery } from './delivery.js';
import type { Faults } from './faults.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { shownOf } from './messages.js';
import type { Phones } from './phones.js';
import { restrictionOf } from './restrictions.js';
import { refusalOf, type Rules } from './rules.js';
import type { Sending } from './sending.js';
import { bytes, child, children, deviceOf, isLid, seconds, type Stanza, stanza, userOf } from './stanza.js';
import { Account, type LinkedDevice, Person, type User } from './users.js';
import type { World } from './world.js';

/** A phone that cannot read a message gives up after that many requests. */
const MAX_RETRIES = 5;

/** One ciphertext of a stanza, and for whom it is. */
interface Part {
  jid: string;
  enc: Stanza;
}

interface Received {
  device: LinkedDevice;
  node: Stanza;
  id: string;
  /** The chat's address. */
  to: string;
}

export interface OutboundParts {
  broadcasts: Broadcasts;
  world: World;
  ledger: Ledger;
  delivery: Delivery;
  sending: Sending;
  phones: Phones;
  faults: Faults;
  rules: Rules;
  unknown(node: Stanza): void;
}

/** What linked devices send: judged, noted, acknowledged, and handed to those whom it is for. */
export class Outbound {
  private readonly world: World;
  private readonly ledger: Ledger;
  private readonly delivery: Delivery;
  private readonly phones: Phones;

  constructor(private readonly parts: OutboundParts) {
    ({ world: this.world, ledger: this.ledger, delivery: this.delivery, phones: this.phones } = parts);
  }

  /** Acknowledges only when the message is noted: an acknowledged message survives a crash of the simulator. */
  async onMessage(connection: Connection, device: LinkedDevice, node: Stanza): Promise<void> {
    const { id = '', to = '' } = node.attrs;
    const received: Received = { device, node, id, to: node.attrs['recipient'] ?? to };
    if (this.parts.broadcasts.isFor(to)) return this.toMany(connection, received);
    const refusal = this.refusal(received);
    const parts = partsOf(node);
    const isMain = ({ jid }: Part) => deviceOf(jid) === 0 && this.world.user(jid) !== device.account;
    if (refusal) this.refuse(received, refusal);
    else if (node.attrs['category'] !== 'peer') await this.main(received, parts.find(isMain));
    this.acknowledge(connection, device, node, refusal);
    if (refusal) return;
    for (const part of parts.filter((one) => !isMain(one))) await this.copy(received, part);
  }

  private async toMany(connection: Connection, received: Received): Promise<void> {
    const { broadcasts } = this.parts;
    const said = { ...received, chat: received.to };
    const refusal = broadcasts.refusal(said);
    if (refusal) this.refuse(received, refusal);
    else await broadcasts.take(said);
    this.acknowledge(connection, received.device, received.node, refusal);
  }

  private refusal({ device, node, to }: Received): string | undefined {
    const { account } = device;
    const recipient = this.world.user(to);
    if (!userOf(to) || to.endsWith('@broadcast')) {
      this.parts.unknown(node);
      return '400';
    }
    return refusalOf(this.parts.rules, {
      node,
      isPeer: node.attrs['category'] === 'peer',
      toPerson: recipient instanceof Person,
      chatExists: recipient !== undefined && this.ledger.hasChat(account.number, recipient.number),
      restriction: restrictionOf(account, this.world.now())?.kind,
      grantedToken: recipient && this.parts.sending.tokenOf(account, recipient),
    });
  }

  private acknowledge(connection: Connection, { account }: LinkedDevice, { attrs }: Stanza, error?: string): void {
    const delayMs = this.parts.rules.ackDelayMs + (this.parts.faults.take('delay', account.number)?.ms ?? 0);
    connection.sendInOrder(stanza('ack', { class: 'message', id: attrs['id'], from: attrs['to'], t: seconds(), error }), delayMs);
  }

  private refuse({ device, id, to, node }: Received, error: string): void {
    const names = this.names(device, id, to);
    const earlier = this.ledger.find('out', names.account, names.chat, id);
    if (earlier) this.ledger.change(earlier, { copies: earlier.copies + 1 });
    else this.ledger.add({ ...names, kind: node.attrs['type'] ?? 'unknown', state: 'refused', error });
  }

  /** The recipient's phone. Without a part for it the number does not exist, or its other devices asked for a resend. */
  private async main(received: Received, part: Part | undefined): Promise<void> {
    const { device, id, to } = received;
    const recipient = this.world.user(to);
    if (!recipient || !part) {
      const names = this.names(device, id, to);
      if (!recipient && !this.ledger.find('out', names.account, names.chat, id)) this.ledger.add({ ...names, kind: 'unknown' });
      return;
    }
    const earlier = this.ledger.find('out', device.account.number, recipient.number, id);
    try {
      const message = await recipient.phone.decrypt(device.address, part.enc.attrs['type'] ?? '', bytes(part.enc));
      this.read(received, recipient, earlier, message);
    } catch {
      this.unreadable(received, recipient, earlier);
    }
  }

  private read({ device, id, to }: Received, recipient: User, earlier: StoredMessage | undefined, message: proto.IMessage): void {
    const content = { ...shownOf(message), message: Buffer.from(proto.Message.encode(message).finish()) };
    if (earlier && earlier.state !== 'unreadable' && earlier.state !== 'refused') {
      this.ledger.change(earlier, { copies: earlier.copies + 1 });
      return this.phones.reachedAgain(earlier);
    }
    const names = this.names(device, id, to);
    const entry = earlier ?? this.ledger.add({ ...names, ...content });
    if (earlier) this.ledger.change(earlier, { ...content, address: to, state: 'sent', error: undefined });
    if (recipient instanceof Account && recipient.devices.size) {
      const address = isLid(to) ? device.account.lidJid : device.account.phoneJid;
      const theirs = { direction: 'in' as const, account: recipient.number, chat: device.account.number, id, address };
      if (!this.ledger.find('in', theirs.account, theirs.chat, id)) this.ledger.add({ ...theirs, ...content });
    } else this.phones.reached(entry);
  }

  private unreadable({ device, id, to }: Received, recipient: User, earlier: StoredMessage | undefined): void {
    if (earlier && earlier.state !== 'unreadable') return this.ledger.change(earlier, { copies: earlier.copies + 1 });
    const entry = earlier ?? this.ledger.add({ ...this.names(device, id, to), kind: 'unknown', state: 'unreadable' });
    if (entry.retries >= MAX_RETRIES) return;
    this.ledger.change(entry, { retries: entry.retries + 1 });
    this.phones.askAgain(recipient, device, { id, count: entry.retries, chat: to });
  }

  /** Everybody else: the own phone, and linked devices of both sides. */
  private async copy(received: Received, part: Part): Promise<void> {
    const { device, id, node, to } = received;
    if (deviceOf(part.jid) !== 0) return this.forward(received, part);
    try {
      const message = await device.account.phone.decrypt(device.address, part.enc.attrs['type'] ?? '', bytes(part.enc));
      if (node.attrs['category'] === 'peer') await this.phones.onPeerMessage(device, id, message);
    } catch {
      this.phones.askAgain(device.account, device, { id, count: 1, chat: to });
    }
  }

  private forward({ device, id, node, to }: Received, { jid, enc }: Part): void {
    const other = this.world.device(jid);
    if (!other || other === device) return; // Baileys may list its own device, too
    const own = other.account === device.account;
    const identity = own
      ? { recipient: to }
      : isLid(jid)
        ? { addressing_mode: 'lid', sender_pn: device.phoneJid }
        : { sender_lid: device.lidJid };
    const from = isLid(jid) ? device.lidJid : device.phoneJid;
    const attrs = { id, t: seconds(), type: node.attrs['type'] ?? 'text', notify: device.account.name, from, ...identity };
    this.delivery.queue(other, stanza('message', attrs, [enc, ...children(node, 'device-identity')]));
  }

  private names(device: LinkedDevice, id: string, to: string) {
    const chat = this.world.chatOf(to) ?? userOf(to);
    return { direction: 'out' as const, account: device.account.number, chat, id, address: to };
  }
}

/** A stanza's ciphertexts: one for each device, or one alone for whom it is addressed to. */
function partsOf(node: Stanza): Part[] {
  const parts = children(child(node, 'participants'), 'to').flatMap((to) => {
    const enc = child(to, 'enc');
    return enc ? [{ jid: to.attrs['jid'] ?? '', enc }] : [];
  });
  const alone = child(node, 'enc');
  return alone ? [...parts, { jid: node.attrs['participant'] ?? node.attrs['to'] ?? '', enc: alone }] : parts;
}
