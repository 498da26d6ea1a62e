import type { proto } from '@whiskeysockets/baileys';
import { type Act, Composer, type Talk } from './composer.js';
import { Calls, type CallToMake } from './calls.js';
import type { MessageToSend } from './content.js';
import type { Typing } from './contract.js';
import type { Delivery } from './delivery.js';
import type { Directory } from './directory.js';
import type { GroupSending } from './group-sending.js';
import { addressIn, type Group, isGroupJid } from './groups.js';
import type { Ledger } from './ledger.js';
import type { Media } from './media/media.js';
import type { Phones } from './phones.js';
import type { Readers } from './readers.js';
import { Reading, type ReadMark } from './reading.js';
import type { Sending } from './sending.js';
import { newId, stanza } from './stanza.js';
import type { Timers } from './timers.js';
import { Account, Person } from './users.js';
import type { World } from './world.js';

export interface TalksParts {
  world: World;
  directory: Directory;
  ledger: Ledger;
  media: Media;
  sending: Sending;
  groupSending: GroupSending;
  phones: Phones;
  readers: Readers;
  delivery: Delivery;
  timers: Timers;
}

/** What people, and owners on their phones, do in their chats: with each other (`to`: a number) and in groups (`to`: the group's id). */
export class Talks {
  readonly calls: Calls;
  private readonly composer: Composer;
  private readonly reading: Reading;

  constructor(private readonly parts: TalksParts) {
    this.calls = new Calls(parts.world, parts.ledger, parts.delivery, parts.timers);
    this.composer = new Composer(parts.media);
    this.reading = new Reading(parts.ledger, parts.phones, parts.readers);
  }

  /**
   * Somebody writes; resolves with the message's id once the network has it.
   * @throws SimulatorError person_unknown, account_unknown, group_unknown, message_unknown, content_missing, not_a_member …
   */
  async send(author: Person | Account, to: string, content: MessageToSend): Promise<string> {
    const message = await this.composer.content(this.talk(author, to), content);
    return this.write(author, to, message, content.id);
  }

  /**
   * Somebody reacts to a message, edits or deletes an own one; resolves with the id of that act.
   * @throws SimulatorError as `send`, and message_not_own, not_editable
   */
  async act(author: Person | Account, to: string, act: Act): Promise<string> {
    return this.write(author, to, this.composer.act(this.talk(author, to), act));
  }

  /** A person reads what was written there; the clients hear of it. @throws SimulatorError as `send` */
  read(person: Person, to: string, mark: ReadMark): void {
    const { directory } = this.parts;
    if (isGroupJid(to)) this.reading.inGroup(person, directory.group(to), mark);
    else this.reading.inChat(person, directory.account(to), mark);
  }

  /** A person calls a business; returns the call's id. @throws SimulatorError account_unknown */
  call(person: Person, to: string, call: CallToMake): string {
    return this.calls.ring(person, this.parts.directory.account(to), call);
  }

  /** A person types, or stops typing; seen only by who is online. @throws SimulatorError account_unknown, group_unknown */
  type(person: Person, to: string, state: Typing): void {
    const { directory, world } = this.parts;
    const group = isGroupJid(to) ? directory.group(to) : undefined;
    const accounts = group ? group.members.flatMap(({ number }) => world.accounts.get(number) ?? []) : [directory.account(to)];
    const from = group ? { from: group.id, participant: addressIn(group, person) } : { from: person.jid };
    const tag = state === 'paused' ? 'paused' : 'composing';
    const node = stanza('chatstate', from, [stanza(tag, { media: state === 'recording' ? 'audio' : undefined })]);
    for (const { devices } of accounts) for (const { ready } of devices.values()) ready?.send(node);
  }

  private async write(author: Person | Account, to: string, message: proto.IMessage, id = newId()): Promise<string> {
    const { directory, groupSending, sending, phones } = this.parts;
    if (isGroupJid(to)) return groupSending.writes(author, directory.group(to), message, id);
    if (author instanceof Person) return sending.personWrites(author, directory.account(to), message, id);
    phones.reached(await sending.ownerWrites(author, directory.person(to), message, id));
    return id;
  }

  private talk(author: Person | Account, to: string): Talk {
    const { directory, ledger } = this.parts;
    if (isGroupJid(to)) return this.groupTalk(author, directory.group(to));
    const [account, person] = author instanceof Account ? [author, directory.person(to)] : [directory.account(to), author];
    return {
      author,
      account: account.number,
      remoteJid: author === account ? person.jid : account.lidJid,
      isGroup: false,
      messages: () => ledger.chat(account.number, person.number),
      writerOf: ({ direction }) => (direction === 'in' ? person : account),
      addressOf: ({ lidJid }) => lidJid,
    };
  }

  private groupTalk(author: Person | Account, group: Group): Talk {
    const { ledger, world } = this.parts;
    return {
      author,
      account: group.members.find(({ number }) => world.accounts.has(number))?.number ?? '',
      remoteJid: group.id,
      isGroup: true,
      messages: () => ledger.of(group.id),
      writerOf: (message) => world.numbered(message.author ?? ''),
      addressOf: (user) => addressIn(group, user),
    };
  }
}
