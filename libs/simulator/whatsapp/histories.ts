import { proto } from '@whiskeysockets/baileys';
import { SimulatorError } from './errors.js';
import { addressIn } from './groups.js';
import type { Ledger, StoredMessage } from './ledger.js';
import type { Sending } from './sending.js';
import { newId, seconds, STATUSES } from './stanza.js';
import type { Store } from './store.js';
import { type Account, Person } from './users.js';
import type { World } from './world.js';

const { INITIAL_BOOTSTRAP, RECENT, PUSH_NAME } = proto.HistorySync.HistorySyncType;
/** A phone offers so many of the last messages of a chat that went on here. */
const RECENT_MESSAGES = 50;

export interface PastMessage {
  from: 'person' | 'account';
  text: string;
  /** ISO time. */
  at: string;
}

/** A chat of the time before any client was linked. */
export interface PastChat {
  /** Number of the person. */
  with: string;
  messages: PastMessage[];
}

interface PastRow {
  account: string;
  with: string;
  messages: (PastMessage & { id: string })[];
}

const keyOf = (row: Pick<PastRow, 'account' | 'with'>): string => `${row.account}|${row.with}`;

/** What a phone tells a client that is newly linked: its chats, the names of people, and which LID is whose number. */
export class Histories {
  private readonly past = new Map<string, PastRow>();

  constructor(
    private readonly world: World,
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly sending: Sending,
  ) {}

  /** Gives the phone chats of the past; a chat with somebody replaces an earlier one. @throws SimulatorError person_unknown */
  put({ number: account }: Account, chats: PastChat[]): void {
    if (chats.some((chat) => !this.world.people.has(chat.with))) throw new SimulatorError('person_unknown');
    for (const chat of chats) {
      const row = { account, with: chat.with, messages: chat.messages.map((message) => ({ ...message, id: newId() })) };
      this.past.set(keyOf(row), row);
      this.store.put('history', keyOf(row), () => row);
    }
  }

  /** The parts in which the phone tells it, in order. */
  partsFor(account: Account): proto.IHistorySync[] {
    const conversations = this.conversationsOf(account);
    const people = conversations.map(({ id }) => this.world.user(id ?? '')).filter((user) => user instanceof Person);
    const phoneNumberToLidMappings = people.filter(({ hidePhone }) => !hidePhone).map(({ phoneJid, lidJid }) => ({ pnJid: phoneJid, lidJid }));
    const pushnames = people.map(({ jid, name }) => ({ id: jid, pushname: name }));
    return [
      { syncType: INITIAL_BOOTSTRAP, conversations: [], phoneNumberToLidMappings },
      { syncType: PUSH_NAME, conversations: [], pushnames },
      { syncType: RECENT, conversations, phoneNumberToLidMappings },
    ];
  }

  restore(): void {
    for (const { key, value } of this.store.load<PastRow>('history')) this.past.set(key, value);
  }

  clear(): void {
    this.past.clear();
  }

  private conversationsOf(account: Account): proto.IConversation[] {
    const entries = this.ledger.ofAccount(account.number).filter(({ chat }) => chat !== STATUSES);
    const past = [...this.past.values()].filter((row) => row.account === account.number);
    const chats = new Set([...past.map((row) => row.with), ...entries.map(({ chat }) => chat)]);
    return [...chats].map((chat) => {
      const row = past.find((one) => one.with === chat);
      return this.conversation(account, chat, row, entries.filter((entry) => entry.chat === chat).slice(-RECENT_MESSAGES));
    });
  }

  /** Its messages newest first, as phones tell them. */
  private conversation(account: Account, chat: string, past: PastRow | undefined, entries: StoredMessage[]): proto.IConversation {
    const person = this.world.people.get(chat);
    const id = person?.jid ?? entries.at(-1)?.address ?? chat;
    const said = [...(past?.messages.map((message) => pastMessage(id, message)) ?? []), ...entries.flatMap((entry) => this.message(id, entry))];
    const messages = said.toSorted((a, b) => Number(b.messageTimestamp) - Number(a.messageTimestamp)).map((message) => ({ message }));
    const name = this.world.groups.get(id)?.subject ?? this.world.user(id)?.name;
    const conversationTimestamp = messages[0]?.message.messageTimestamp;
    return { id, name, messages, conversationTimestamp, ...(person && this.aboutPerson(account, person, said)) };
  }

  /** Who has written to a business has entitled it to answer. */
  private aboutPerson(account: Account, person: Person, said: proto.IWebMessageInfo[]): Partial<proto.IConversation> {
    const other = person.jid === person.lidJid ? { pnJid: person.shownPhoneJid } : { lidJid: person.lidJid };
    if (said.every(({ key }) => key?.fromMe)) return other;
    return { ...other, tcToken: this.sending.tokenFrom(person, account), tcTokenTimestamp: Number(seconds()) };
  }

  private message(remoteJid: string, { id, direction, at, author, message }: StoredMessage): proto.IWebMessageInfo[] {
    if (!message) return [];
    const [group, sender] = [this.world.groups.get(remoteJid), this.world.numbered(author ?? '')];
    const participant = group && sender && addressIn(group, sender);
    const key = { remoteJid, id, fromMe: direction !== 'in', participant };
    return [{ key, messageTimestamp: Number(seconds(Date.parse(at))), participant, message: proto.Message.decode(message) }];
  }
}

const pastMessage = (remoteJid: string, { id, from, text, at }: PastMessage & { id: string }): proto.IWebMessageInfo => ({
  key: { remoteJid, id, fromMe: from === 'account' },
  messageTimestamp: Number(seconds(Date.parse(at))),
  message: { conversation: text },
});
