import { proto } from '@whiskeysockets/baileys';
import type { Delivery } from './delivery.js';
import { addressIn, isGroupJid, isMember, participantAttrs } from './groups.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { shownOf } from './messages.js';
import type { Phones } from './phones.js';
import type { Readers } from './readers.js';
import { broadcastRefusalOf, type Rules } from './rules.js';
import { bytes, child, children, deviceOf, seconds, type Stanza, stanza, STATUSES } from './stanza.js';
import type { LinkedDevice, User } from './users.js';
import type { World } from './world.js';

/** A phone that cannot read a message gives up when it was asked for that often. */
const MAX_RETRIES = 5;

/** What a linked device says to many at once. */
export interface Said {
  device: LinkedDevice;
  node: Stanza;
  id: string;
  /** A group's id, or `status@broadcast`. */
  chat: string;
}

/** What linked devices say in groups and as statuses: one ciphertext for all, and the sender key for those who lack it. */
export class Broadcasts {
  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly delivery: Delivery,
    private readonly phones: Phones,
    private readonly readers: Readers,
    private readonly rules: Rules,
  ) {}

  /** Whether that address is one of many. */
  isFor(jid: string): boolean {
    return jid === STATUSES || isGroupJid(jid);
  }

  /** The code with which the network refuses it; undefined if it takes it. */
  refusal({ device, node, chat }: Said): string | undefined {
    const group = this.world.groups.get(chat);
    if (isGroupJid(chat) && !group) return '404';
    if (group && !isMember(group, device.account.number)) return '403';
    return broadcastRefusalOf(this.rules, node, group?.addressing);
  }

  /** Notes it and hands it to everybody's phone and linked devices. */
  async take(said: Said): Promise<void> {
    const { device, node, chat } = said;
    await this.learnKeys(said);
    const content = children(node, 'enc').find(({ attrs }) => attrs['type'] === 'skmsg');
    this.forward(said, content);
    if (!content) return; // another copy for one linked device alone
    const earlier = this.ledger.find('out', device.account.number, chat, said.id);
    const copies = this.readEach(this.audience(said, earlier), said, bytes(content));
    const message = copies.find((copy) => copy.message)?.message;
    const entry = this.note(said, earlier, message);
    for (const { reader, message: read } of copies) {
      if (!read) this.askAgain(said, entry, reader);
      else if (reader !== device.account) this.readers.reached(entry, reader.number);
    }
  }

  private async learnKeys({ device, node, chat }: Said): Promise<void> {
    for (const { jid, enc } of listed(node)) {
      const user = deviceOf(jid) === 0 ? this.world.user(jid) : undefined;
      if (!user) continue;
      const message = await user.phone.decrypt(device.address, enc.attrs['type'] ?? '', bytes(enc)).catch(() => undefined);
      const key = message?.senderKeyDistributionMessage?.axolotlSenderKeyDistributionMessage;
      if (key) user.phone.senderKeys.take(chat, device.address, key);
    }
  }

  /** A group's members; of a status those who are listed, or who got it before. */
  private audience({ node, chat, device }: Said, earlier: StoredMessage | undefined): User[] {
    const group = this.world.groups.get(chat);
    const viewers = () => [...listed(node).map(({ jid }) => this.world.user(jid)?.number ?? ''), ...Object.keys(earlier?.receipts ?? {})];
    const numbers = group ? group.members.map(({ number }) => number) : viewers();
    return [...new Set(numbers)].map((number) => this.world.numbered(number)).filter((user): user is User => user !== undefined && user !== device.account);
  }

  private readEach(audience: User[], { device, chat }: Said, ciphertext: Buffer): { reader: User; message?: proto.Message }[] {
    // The own phone reads along in groups. Baileys sends it no key for statuses, and what it asks for again would come without one, too.
    const readers = chat === STATUSES ? audience : [...audience, device.account];
    return readers.map((reader) => {
      try {
        return { reader, message: reader.phone.senderKeys.decrypt(chat, device.address, ciphertext) };
      } catch {
        return { reader };
      }
    });
  }

  private note(said: Said, earlier: StoredMessage | undefined, message: proto.Message | undefined): StoredMessage {
    const { device, chat, id } = said;
    const content = message
      ? { ...shownOf(message), message: Buffer.from(proto.Message.encode(message).finish()) }
      : { kind: 'unknown', state: 'unreadable' as const };
    const author = device.account.number;
    if (!earlier) {
      this.noteForOthers(said, content);
      return this.ledger.add({ direction: 'out', account: author, chat, author, id, address: chat, ...content });
    }
    const isAnswer = earlier.state === 'refused' || Object.values(earlier.receipts ?? {}).includes('unreadable');
    if (!isAnswer) this.ledger.change(earlier, { copies: earlier.copies + 1 });
    else if (!earlier.message) this.ledger.change(earlier, { state: 'sent', error: undefined, ...content });
    return earlier;
  }

  /** Other businesses of a group have entries of their own. */
  private noteForOthers({ device, chat, id }: Said, content: { kind: string; text?: string; message?: Buffer }): void {
    const author = device.account.number;
    for (const { number } of this.world.groups.get(chat)?.members ?? []) {
      if (number === author || !this.world.accounts.has(number) || this.ledger.find('in', number, chat, id)) continue;
      this.ledger.add({ ...content, direction: 'in', account: number, chat, author, id, address: chat, state: 'sent' });
    }
  }

  private askAgain({ device, id, chat }: Said, entry: StoredMessage, reader: User): void {
    const isOwn = reader === device.account;
    const known = entry.receipts?.[reader.number];
    if (known === 'delivered' || known === 'read' || entry.retries >= MAX_RETRIES) return;
    if (!isOwn) this.readers.unreadable(entry, reader.number);
    const participant = addressIn(this.world.groups.get(chat) ?? { addressing: 'lid' }, reader);
    this.phones.askAgain(reader, device, { id, count: Math.max(1, entry.retries), chat, participant });
  }

  /** Linked devices of its members, and the sender's other ones: each gets the content, and the key if there is one for it. */
  private forward(said: Said, content: Stanza | undefined): void {
    const { device, node, id, chat } = said;
    const keys = new Map(listed(node).map(({ jid, enc }) => [this.world.device(jid), enc]));
    const alone = content ? undefined : this.world.device(node.attrs['participant']);
    const group = this.world.groups.get(chat);
    const members = group?.members.flatMap(({ number }) => [...(this.world.accounts.get(number)?.devices.values() ?? [])]) ?? [];
    const others = content ? [...members, ...keys.keys()] : [alone];
    const { lidJid, phoneJid } = device;
    const sender = participantAttrs(group ?? { addressing: 'lid' }, { lidJid, phoneJid, shownPhoneJid: phoneJid });
    const attrs = { id, from: chat, t: seconds(), type: node.attrs['type'] ?? 'text', notify: device.account.name, ...sender };
    for (const other of new Set(others)) {
      if (!other || other === device) continue; // Baileys may list its own device, too
      const key = keys.get(other) ?? (content ? undefined : child(node, 'enc'));
      const parts = [key, content].filter((part) => part !== undefined);
      this.delivery.queue(other, stanza('message', attrs, [...parts, ...children(node, 'device-identity')]));
    }
  }
}

/** The ciphertexts that are for one device each. */
function listed(node: Stanza): { jid: string; enc: Stanza }[] {
  return children(child(node, 'participants'), 'to').flatMap((to) => {
    const enc = child(to, 'enc');
    return enc ? [{ jid: to.attrs['jid'] ?? '', enc }] : [];
  });
}
