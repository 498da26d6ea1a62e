import type { proto } from '@whiskeysockets/baileys';
import { type Act, Composer, type Talk } from './composer.js';
import type { MessageToSend } from './content.js';
import type { Typing } from './contract.js';
import type { Directory } from './directory.js';
import type { GroupSending } from './group-sending.js';
import { addressIn, type Group, isGroupJid } from './groups.js';
import type { Ledger } from './ledger.js';
import type { Media } from './media/media.js';
import type { Phones } from './phones.js';
import type { Sending } from './sending.js';
import { newId, stanza } from './stanza.js';
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
}

/** What people, and owners on their phones, do in their chats: with each other (`to`: a number) and in groups (`to`: the group's id). */
export class Talks {
  private readonly composer: Composer;

  constructor(private readonly parts: TalksParts) {
    this.composer = new Composer(parts.media);
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

  /** A person types, or stops typing; seen only by who is online. */
  type(person: Person, account: Account, state: Typing): void {
    const tag = state === 'paused' ? 'paused' : 'composing';
    const node = stanza('chatstate', { from: person.jid }, [stanza(tag, { media: state === 'recording' ? 'audio' : undefined })]);
    for (const { ready } of account.devices.values()) ready?.send(node);
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
      messages: ledger.chat(account.number, person.number),
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
      messages: ledger.of(group.id),
      writerOf: (message) => world.numbered(message.author ?? ''),
      addressOf: (user) => addressIn(group, user),
    };
  }
}
