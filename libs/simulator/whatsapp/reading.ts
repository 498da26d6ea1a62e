import { SimulatorError } from './errors.js';
import { type Group, isMember } from './groups.js';
import type { Ledger, StoredMessage } from './ledger.js';
import type { Phones } from './phones.js';
import type { Readers } from './readers.js';
import type { Account, Person } from './users.js';

export interface ReadMark {
  /** The last message that was read; by default the last one of the chat. */
  id?: string;
  /** That message is a voice note or a film, which the person has played. */
  played?: boolean;
}

/** A person looks at a chat when a test says so, instead of by itself after `readDelayMs`. */
export class Reading {
  constructor(
    private readonly ledger: Ledger,
    private readonly phones: Phones,
    private readonly readers: Readers,
  ) {}

  /** Reads all that the business wrote in their chat. @throws SimulatorError message_unknown */
  inChat({ number }: Person, account: Account, { id, played }: ReadMark): void {
    const chat = this.ledger.chat(account.number, number).filter(({ direction }) => direction !== 'in');
    for (const entry of upTo(chat, id)) this.phones.confirm(entry, 'read');
    const last = chat.find((entry) => entry.id === id) ?? chat.at(-1);
    if (played && last) this.phones.played(last);
  }

  /** Reads all that businesses wrote in a group. @throws SimulatorError not_a_member, message_unknown */
  inGroup({ number }: Person, group: Group, { id }: ReadMark): void {
    if (!isMember(group, number)) throw new SimulatorError('not_a_member');
    for (const entry of upTo(this.ledger.of(group.id), id)) this.readers.confirm(entry, number, 'read');
  }
}

/** The messages up to that one, all without one; of those what can be read. */
function upTo(chat: StoredMessage[], id: string | undefined): StoredMessage[] {
  const last = id === undefined ? chat.length - 1 : chat.findLastIndex((entry) => entry.id === id);
  if (id !== undefined && last < 0) throw new SimulatorError('message_unknown');
  return chat.slice(0, last + 1).filter(({ state }) => state === 'sent' || state === 'delivered');
}
