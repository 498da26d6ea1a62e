import type { Shown } from './messages.js';
import type { Store } from './store.js';

/** `in`: customer to business; `out`: a linked device to a customer; `own`: the owner typed it on the phone. */
export type Direction = 'in' | 'out' | 'own';
/** `refused`: the network's (or, inbound, the client's) negative acknowledgement; its code is in `error`. */
export type MessageState = 'sent' | 'delivered' | 'read' | 'refused' | 'unreadable';

/** How one of many recipients stands to a message. */
export type ReaderState = 'sent' | 'delivered' | 'read' | 'unreadable';

export interface LedgerEntry extends Shown {
  /** Grows on every change of any entry: the cursor for `after`. */
  seq: number;
  /** Place among all messages, by the moment when the network first had them. */
  order: number;
  /** ISO time of that moment. */
  at: string;
  direction: Direction;
  /** Number of the business. */
  account: string;
  /** Number of the other side, a group's id, or `status@broadcast`. */
  chat: string;
  /** In groups and of statuses: number of who said it. */
  author?: string;
  /** What was said to many by this business: how each of them stands to it, by number. */
  receipts?: Record<string, ReaderState>;
  id: string;
  state: MessageState;
  /** How often the network carried that id: 1, plus repeats. What a phone asked for again is no repeat. */
  copies: number;
  /** How often the receiver could not read it and asked for it again. */
  retries: number;
  error?: string;
  /** A voice note or film that was played. */
  played?: boolean;
}

/** An entry with the message itself, encoded and unpadded, as the phones keep it. */
export interface StoredMessage extends LedgerEntry {
  message?: Buffer;
  /** The jid under which the chat goes. */
  address: string;
}

export type NewMessage = Omit<StoredMessage, 'seq' | 'order' | 'at' | 'state' | 'copies' | 'retries'> & { state?: MessageState };

const keyOf = (message: Pick<LedgerEntry, 'direction' | 'account' | 'chat' | 'id'>): string =>
  [message.direction, message.account, message.chat, message.id].join('|');

/** Every message the network has carried, and what became of it. */
export class Ledger {
  private readonly entries = new Map<string, StoredMessage>();
  private readonly chats = new Set<string>();
  private lastSeq = 0;
  private lastOrder = 0;

  constructor(
    private readonly store: Store,
    private readonly changed: (entry: StoredMessage, isNew: boolean) => void,
  ) {}

  find(direction: Direction, account: string, chat: string, id: string): StoredMessage | undefined {
    return this.entries.get(keyOf({ direction, account, chat, id }));
  }

  /** Notes a message that the network has not carried before. */
  add(message: NewMessage): StoredMessage {
    const times = { order: ++this.lastOrder, seq: ++this.lastSeq, at: new Date().toISOString() };
    const entry: StoredMessage = { state: 'sent', copies: 1, retries: 0, ...message, ...times };
    this.keep(entry);
    this.save(entry);
    this.changed(entry, true);
    return entry;
  }

  change(entry: StoredMessage, patch: Partial<StoredMessage>): void {
    Object.assign(entry, patch, { seq: ++this.lastSeq });
    this.keep(entry);
    this.save(entry);
    this.changed(entry, false);
  }

  /** Entries that changed after a cursor, in the order of their last change. */
  after(seq = 0): LedgerEntry[] {
    const later = [...this.entries.values()].filter((entry) => entry.seq > seq);
    return later.sort((a, b) => a.seq - b.seq).map(viewOf);
  }

  /** The messages of a chat in the order in which the network had them. */
  chat(account: string, chat: string): StoredMessage[] {
    return this.select((entry) => entry.account === account && entry.chat === chat);
  }

  /** All messages to and from a number. */
  of(chat: string): StoredMessage[] {
    return this.select((entry) => entry.chat === chat);
  }

  /** All messages of a business. */
  ofAccount(account: string): StoredMessage[] {
    return this.select((entry) => entry.account === account);
  }

  /** Whether anything was ever said between the two. */
  hasChat(account: string, chat: string): boolean {
    return this.chats.has(`${account}|${chat}`);
  }

  restore(): void {
    for (const { value } of this.store.load<StoredMessage>('message')) {
      this.keep(value);
      this.lastSeq = Math.max(this.lastSeq, value.seq);
      this.lastOrder = Math.max(this.lastOrder, value.order);
    }
  }

  /** Forgets all messages. Cursors stay valid: numbers go on. */
  clear(): void {
    this.entries.clear();
    this.chats.clear();
  }

  private keep(entry: StoredMessage): void {
    this.entries.set(keyOf(entry), entry);
    if (entry.state !== 'refused') this.chats.add(`${entry.account}|${entry.chat}`);
  }

  private select(wanted: (entry: StoredMessage) => boolean): StoredMessage[] {
    return [...this.entries.values()].filter(wanted).sort((a, b) => a.order - b.order);
  }

  private save(entry: StoredMessage): void {
    this.store.put('message', String(entry.order).padStart(10, '0'), () => entry);
  }
}

/** An entry as callers see it. */
export function viewOf({ message: _message, address: _address, ...entry }: StoredMessage): LedgerEntry {
  return entry;
}
