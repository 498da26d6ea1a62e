import { encodeWAMessage, type proto } from '@whiskeysockets/baileys';
import type { Delivery } from './delivery.js';
import { participantAttrs } from './groups.js';
import { attrsOf } from './message-attrs.js';
import { seconds, type Stanza, stanza } from './stanza.js';
import { type LinkedDevice, Person, type User } from './users.js';
import type { World } from './world.js';

/** Something that a phone says to many at once. */
export interface Post {
  /** A group's id, or `status@broadcast`. */
  chat: string;
  id: string;
  sender: User;
  message: proto.IMessage;
}

/** Encrypts what a phone says in a group or as a status: once with its sender key, which each linked device gets the first time. */
export class FanOut {
  constructor(
    private readonly world: World,
    private readonly delivery: Delivery,
  ) {}

  /** The same ciphertext for all these devices. */
  async send(post: Post, devices: LinkedDevice[]): Promise<void> {
    const { sender, chat, message } = post;
    const { phone } = sender;
    await phone.inTurn(async () => {
      const keys = new Map<LinkedDevice, Stanza>();
      for (const device of devices) {
        if (phone.senderKeys.isSharedWith(chat, device.address)) continue;
        const senderKeyDistributionMessage = phone.senderKeys.share(chat, device.address);
        keys.set(device, await this.sealed(sender, device, { senderKeyDistributionMessage }));
      }
      const ciphertext = phone.senderKeys.encrypt(chat, encodeWAMessage(message));
      const content = stanza('enc', { v: '2', type: 'skmsg', ...attrsOf(message).enc }, ciphertext);
      for (const device of devices) {
        const key = keys.get(device);
        this.queue(post, device, key ? [key, content] : [content]);
      }
    });
  }

  /** A device could not read it: once more for that device alone, in a new session, with the sender key. */
  async again(post: Post, device: LinkedDevice, count: string): Promise<void> {
    const { phone } = post.sender;
    await phone.inTurn(async () => {
      phone.dropSession(device.address);
      const senderKeyDistributionMessage = phone.senderKeys.share(post.chat, device.address);
      const sealed = await this.sealed(post.sender, device, { ...post.message, senderKeyDistributionMessage }, count);
      this.queue(post, device, [sealed], true);
    });
  }

  private async sealed({ phone }: User, device: LinkedDevice, message: proto.IMessage, count?: string): Promise<Stanza> {
    if (!phone.hasSession(device.address)) await phone.startSession(device.address, this.world.takeBundle(device));
    const { type, ciphertext } = await phone.encrypt(device.address, encodeWAMessage(message));
    return stanza('enc', { v: '2', type, count, ...attrsOf(message).enc }, ciphertext);
  }

  private queue({ chat, id, sender, message }: Post, device: LinkedDevice, content: Stanza[], askedAgain = false): void {
    const ofPerson = sender instanceof Person && sender.jid === sender.phoneJid ? 'phone' : 'lid';
    const addressing = this.world.groups.get(chat)?.addressing ?? ofPerson;
    const attrs = { id, from: chat, t: seconds(), ...attrsOf(message).message, notify: sender.name, ...participantAttrs({ addressing }, sender) };
    this.delivery.queue(device, stanza('message', attrs, content), askedAgain);
  }
}
