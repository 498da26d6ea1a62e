import { proto } from '@whiskeysockets/baileys';
import { SimulatorError } from './errors.js';
import type { FanOut } from './fan-out.js';
import { type Group, isMember } from './groups.js';
import type { Ledger, StoredMessage } from './ledger.js';
import { shownOf } from './messages.js';
import type { Readers } from './readers.js';
import type { Store } from './store.js';
import { Account, type LinkedDevice, type User } from './users.js';
import type { World } from './world.js';

/** What people, and owners on their phones, say in groups. */
export class GroupSending {
  constructor(
    private readonly world: World,
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly fanOut: FanOut,
    private readonly readers: Readers,
  ) {}

  /**
   * A member writes; resolves with the id once the network has it.
   * @throws SimulatorError not_a_member, group_without_business (then nobody here would note it)
   */
  async writes(sender: User, group: Group, message: proto.IMessage, id: string): Promise<string> {
    if (!isMember(group, sender.number)) throw new SimulatorError('not_a_member');
    const members = group.members.flatMap(({ number }) => this.world.numbered(number) ?? []);
    const accounts = members.filter((member) => member instanceof Account);
    if (!accounts.length) throw new SimulatorError('group_without_business');
    for (const account of accounts) this.note(account, sender, group, id, message, members);
    await this.fanOut.send({ chat: group.id, id, sender, message }, accounts.flatMap(({ devices }) => [...devices.values()]));
    this.store.flush();
    return id;
  }

  /** A linked device could not read what a phone said to many: it gets it alone. */
  async again(device: LinkedDevice, entry: StoredMessage, count: string): Promise<void> {
    const sender = this.world.numbered(entry.author ?? '');
    if (!sender || !entry.message) return;
    this.ledger.change(entry, { retries: entry.retries + 1 });
    const message = proto.Message.decode(entry.message);
    await this.fanOut.again({ chat: entry.chat, id: entry.id, sender, message }, device, count);
  }

  /** Each business has its own entry; the sender's tells who got it. */
  private note(account: Account, sender: User, group: Group, id: string, message: proto.IMessage, members: User[]): void {
    const direction = sender === account ? 'own' : 'in';
    const repeated = this.ledger.find(direction, account.number, group.id, id);
    if (repeated) return this.ledger.change(repeated, { copies: repeated.copies + 1 });
    const encoded = Buffer.from(proto.Message.encode(message).finish());
    const names = { direction, account: account.number, chat: group.id, author: sender.number, id, address: group.id } as const;
    const entry = this.ledger.add({ ...names, ...shownOf(message), message: encoded });
    if (sender === account) for (const member of members) if (member !== sender) this.readers.reached(entry, member.number);
  }
}
