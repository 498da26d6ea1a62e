import type { MessageDetails } from '../../domain/message/details.js';
import type { WaitReason } from '../../domain/number-safety/wait.js';

/** A row that an inbound stanza becomes. JSON, as it goes into one SQL call. */
export interface InboundRow {
  /** WhatsApp's id of the message. */
  id: string;
  /** All addresses of the other person that the envelope names: phone jid and LID lead to one contact. */
  addresses: readonly string[];
  /** Empty for the customer, `me` for the owner on another device. */
  participant: string;
  fromMe: boolean;
  author: 'customer' | 'owner';
  /** Name that the sender shows. */
  name?: string;
  /** What it is (see read-message.ts), or `placeholder`: nothing to read yet. */
  kind: string;
  /** Text or caption. */
  text?: string;
  /** What it holds beside its text. With `media`, a file is wanted. */
  details?: MessageDetails;
  /** The message's protobuf, in base64. */
  raw?: string;
  /** When it was written, by WhatsApp's clock, in ms since 1970. */
  atMs?: number;
  /** Attributes of the stanza, as they came. */
  envelope: Record<string, string>;
}

/** A message that got its number: dispatch may follow. */
export interface NumberedMessage {
  conversation: string;
  seq: number;
}

/** One key of the Signal store; without a value it is deleted. Values are sealed before they come here. */
export interface StoredKey {
  type: string;
  id: string;
  value: Buffer | null;
}

/** All that one commit writes: together or not at all. */
export interface JournalEntry {
  keys: readonly StoredKey[];
  /** Credentials, sealed. */
  creds?: Buffer;
  /** SHA-256 of the ciphertext, for the memory of what was committed. */
  sha?: Buffer;
  /** What it decrypted to, sealed. */
  plain?: Buffer;
  messages: readonly InboundRow[];
  answers?: readonly GroupAnswerRow[];
}

/** A row to be sent, as the lease's holder may send it. */
export interface SendOrder {
  waId: string;
  kind: string;
  text: string;
  state: string;
  cause: string | null;
  /** Addresses of the contact, LID first. */
  addresses: readonly string[];
  details?: MessageDetails;
  /** Protobuf that an earlier attempt made: the message as it may have gone out. */
  raw?: Uint8Array;
  file?: OutgoingFile;
  /** The message that this one quotes or reacts to. */
  about?: AboutMessage;
  /** False for somebody who has never written to this number. */
  hasWritten: boolean;
  /** What counts as read once this answer is out; absent where the number does not tell. */
  reads?: Reads;
}

/** A file in the media store. */
export interface OutgoingFile {
  sha256: string;
  mimetype?: string;
  fileName?: string;
}

export interface AboutMessage {
  waId: string;
  kind: string;
  text?: string;
  fromMe: boolean;
  /** Its protobuf, where the row has it. */
  raw?: Uint8Array;
}

export interface Reads {
  conversation: string;
  /** Number of the last message that is answered. */
  upTo: number;
  /** Those that the customer's phone does not know as read. `from`: the address that they came from. */
  messages: readonly { waId: string; from?: string }[];
}

/** A text to a group, as the lease's holder may send it. */
export interface GroupOrder {
  waId: string;
  group: string;
  text: string;
  state: string;
  cause: string | null;
}

/** What somebody said in a group that may take a ticket. */
export interface GroupAnswerRow {
  /** Jid of the group. */
  group: string;
  /** WhatsApp's id of the message. */
  id: string;
  /** Addresses of whoever said it. */
  addresses: readonly string[];
  /** Id of the message that it quotes. */
  quoted?: string;
  /** Number of the ticket, where it is named. */
  number?: number;
}

/** A row that may not leave yet; nothing of it is marked. */
export interface NotYet {
  reason: WaitReason;
  waitMs: number;
  /** With `typing`: where the bot is to be seen typing, as the contact's addresses, LID first. */
  chat?: readonly string[];
}

/** What a row may do now. */
export type SendStart =
  /** `gapMs`: the least time that the number leaves between any two messages. */
  | { kind: 'order'; order: SendOrder; gapMs: number }
  | { kind: 'not-yet'; notYet: NotYet }
  /** The person has this text already: the row is to be settled as refused. */
  | { kind: 'refused'; waId: string; cause: string };

/** A status to be published, as the lease's holder may publish it. */
export interface StatusOrder {
  waId: string;
  kind: 'text' | 'image';
  /** Or an image's caption. */
  text: string;
  colour: string | null;
  /** SHA-256 of an image in the media store. */
  image: string | null;
  mimetype: string | null;
  /** What went out before, to be sent again as it was. */
  raw: Buffer | null;
  state: string;
  /** LIDs of those who may see it. */
  recipients: readonly string[];
}

/** A status to be taken back: from whom, and under which id. */
export interface StatusRemoval {
  waId: string;
  removalWaId: string;
  recipients: readonly string[];
}

/** Somebody has seen statuses. */
export interface StatusView {
  waIds: readonly string[];
  /** The viewer's. */
  address: string;
  /** In ms since 1970, by WhatsApp's clock. */
  atMs?: number;
}

/** What has become known of a message that was sent. */
export interface Settlement {
  waId: string;
  state: 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';
  cause?: string;
}

/**
 * What a session needs of a database, bound to one channel and one epoch of its lease. Every call fails with `Fenced` once another
 * holder has taken the number.
 */
export interface SessionStore {
  /** Credentials as they were sealed; nothing for a number that was never linked. */
  readCreds(): Promise<Buffer | undefined>;
  readKeys(type: string, ids: readonly string[]): Promise<{ id: string; value: Buffer }[]>;
  /** All keys of a type, of which there are few. */
  listKeys(type: string): Promise<{ id: string; value: Buffer }[]>;
  /**
   * Takes rows over that the phone remembers from before it was linked: no number, no signal, never answered. What is there already stays.
   * @returns how many were new
   */
  importHistory(rows: readonly InboundRow[]): Promise<number>;
  /** Commits an entry in one statement. A failure whose outcome is unknown is a failure: the redelivered message finds its row. */
  journal(entry: JournalEntry): Promise<NumberedMessage[]>;
  /** What a committed ciphertext decrypted to, sealed. */
  readPlaintext(sha: Buffer): Promise<Buffer | undefined>;
  /**
   * Marks a row as being sent, if it may leave now; nothing if this channel has no such row. One that nobody asked for takes its part
   * of the number's budget in the same transaction.
   * @param hasTyped the bot was seen typing it
   */
  beginSend(message: string, hasTyped: boolean): Promise<SendStart | undefined>;
  /** Moves sent rows forward, in one statement; a state that is behind changes nothing. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Nothing of a row has left: it waits again, and says why. */
  unsent(message: string, cause: string): Promise<void>;
  /** Keeps the protobuf of a row before it goes out. @returns the one that is kept: of two attempts the first one's */
  keepSent(message: string, raw: Buffer): Promise<Buffer | undefined>;
  /** What was sent under an id, to a person or a group. */
  sentMessage(waId: string): Promise<{ kind: string; text: string | null; raw: Buffer | null } | undefined>;
  /** Customers' messages up to a number are known as read. */
  readMarked(conversation: string, upTo: number): Promise<void>;
  /** Whether a number has WhatsApp, if the network said so lately. */
  numberHasWhatsApp(number: string, youngerThanMs: number): Promise<boolean | undefined>;
  keepNumber(number: string, registered: boolean): Promise<void>;
  /** Marks a text to a group as being sent; nothing if this channel has no such row. */
  beginGroupSend(message: string): Promise<GroupOrder | undefined>;
  settleGroup(message: string, state: 'sent' | 'failed' | 'unknown', cause: string | undefined): Promise<void>;
  /** Marks a status as going out; nothing if this channel has no such row. */
  beginStatus(status: string): Promise<StatusOrder | undefined>;
  /** Keeps what is about to go out. */
  keepStatus(status: string, raw: Buffer): Promise<void>;
  /** What went out under an id as a status. */
  sentStatus(waId: string): Promise<Buffer | undefined>;
  settleStatus(waId: string, state: 'published' | 'failed', cause?: string): Promise<void>;
  /** Nothing when nobody wants it taken back any more. */
  beginStatusRemoval(status: string): Promise<StatusRemoval | undefined>;
  /** @param cause why the network would not take it back */
  settleStatusRemoval(removalWaId: string, cause?: string): Promise<void>;
  statusViewed(view: StatusView): Promise<void>;
  readGroup(jid: string): Promise<unknown>;
  /** @param metadata undefined forgets the group */
  writeGroup(jid: string, metadata: unknown): Promise<void>;
  /** Forgets all groups but these. */
  keepGroups(jids: readonly string[]): Promise<void>;
}

/** The number's lease has passed on, or run out: this session may write nothing more. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
