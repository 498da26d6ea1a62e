/** What the simulator's control API answers (architecture page, "The simulator's control API"). Numbers are E.164 digits without `+`. */

/** A business phone. */
export interface Account {
  readonly number: string;
  readonly name?: string;
  /** Whether the phone runs WhatsApp Business rather than the ordinary WhatsApp. */
  readonly business?: boolean;
  /** A device (Hilo's gateway) is linked to this phone. */
  readonly linked: boolean;
  /** The linked device has an open connection now. */
  readonly online: boolean;
  readonly restriction?: Restriction;
}

/** What WhatsApp forbids a number: to start chats (`reachout`), or to start more of them than it has (`capping`). */
export interface Restriction {
  readonly kind: 'reachout' | 'capping';
  /** ISO time; none: until it is lifted. */
  readonly until?: string;
}

/** A virtual customer. */
export interface Person {
  readonly number: string;
  readonly name: string;
  readonly lid?: string;
  /** The business sees this person's LID only, not the number. */
  readonly hidePhone?: boolean;
  /** This person's first message comes from an ad. */
  readonly ad?: boolean;
  /** By what the network addresses this person's messages. */
  readonly addressedBy?: 'lid' | 'phone';
}

/** What may be changed of a person; `lid`: true or false for how the network addresses them, digits for another LID. */
export interface PersonSettings {
  readonly name: string;
  readonly hidePhone?: boolean;
  readonly ad?: boolean;
  readonly lid?: boolean | string;
}

export interface Member {
  readonly number: string;
  readonly name?: string;
  readonly admin: boolean;
}

/** A group of people and businesses. */
export interface Group {
  /** `…@g.us` */
  readonly id: string;
  readonly subject: string;
  readonly members: readonly Member[];
}

/** `refused`: the network or the receiver said no; `unreadable`: the receiver could not decrypt it and asked again. */
export type MessageState = 'sent' | 'delivered' | 'read' | 'refused' | 'unreadable';

export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export interface Media {
  /** Where the simulator gives the file. */
  readonly url: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
  readonly fileName?: string;
  readonly seconds?: number;
  /** A voice note. */
  readonly voice?: boolean;
  readonly gif?: boolean;
  readonly viewOnce?: boolean;
}

export interface Location {
  readonly lat: number;
  readonly lng: number;
  readonly name?: string;
  readonly address?: string;
}

export interface ContactCard {
  readonly name: string;
  readonly phones: readonly string[];
}

export interface Call {
  readonly video: boolean;
  readonly state: 'ringing' | 'rejected' | 'missed';
}

export interface Reaction {
  readonly from: string;
  readonly emoji: string;
}

/** What a message carries, by its `kind`. */
export interface Said {
  readonly kind: string;
  readonly text?: string;
  readonly media?: Media;
  readonly location?: Location;
  readonly contacts?: readonly ContactCard[];
  readonly call?: Call;
}

/** A message as that person's phone shows it, with what was done to it later. */
export interface ChatMessage extends Said {
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  readonly from: string;
  /** Id of the quoted message. */
  readonly quote?: string;
  readonly reactions?: readonly Reaction[];
  readonly edited?: boolean;
  readonly deleted?: boolean;
  readonly state: MessageState;
}

/** A business's status as a person's phone shows it. */
export interface Status {
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  /** Number of the business. */
  readonly account: string;
  readonly kind: string;
  readonly text?: string;
  readonly media?: Media;
  /** `#rrggbb` */
  readonly backgroundColor?: string;
  readonly viewed: boolean;
}

/** What the network is asked to carry: exactly one content. */
export interface OutgoingMessage {
  readonly to: string;
  readonly id: string;
  readonly quote?: string;
  readonly text?: string;
  readonly location?: Location;
  readonly contact?: ContactCard;
  readonly [file: string]: unknown;
}

/** One message that the network has carried, and what became of it. */
export interface LedgerEntry extends Said {
  /** Grows on every change of any entry: the cursor for `after`. */
  readonly seq: number;
  /** Place among all messages. */
  readonly order: number;
  readonly at: string;
  /** `in`: customer to business; `out`: Hilo to a customer; `own`: the owner typed it on the phone. */
  readonly direction: 'in' | 'out' | 'own';
  readonly account: string;
  /** Number of the other side, a group's id, or `status@broadcast`. */
  readonly chat: string;
  /** In groups and of statuses: who said it. */
  readonly author?: string;
  /** Of what was said to many: how each of them stands to it, by number. */
  readonly receipts?: Readonly<Record<string, MessageState>>;
  readonly id: string;
  readonly state: MessageState;
  /** How often the network carried that id: 1, plus repeats. */
  readonly copies: number;
  readonly error?: string;
}

export const faultKinds = [
  'drop-connection', 'refuse-connection', 'stream-error', 'replaced', 'logout', 'ban', 'duplicate', 'reorder', 'delay', 'lose-receipt',
  'freeze', 'expire-media', 'lose-media', 'garble',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly account?: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
}

/** Behaviour of the real network that can be switched off. */
export const ruleNames = ['lidChats', 'tcToken', 'peerToken', 'oneNamespace', 'statusLids'] as const;
export type RuleName = (typeof ruleNames)[number];

export interface Rules extends Readonly<Record<RuleName, boolean>> {
  /** After how long people read by themselves; null: never. */
  readonly readDelayMs: number | null;
}

/** A chat of the past that a phone tells the client that is linked next. */
export interface PastChat {
  readonly with: string;
  readonly messages: readonly { readonly from: 'person' | 'account'; readonly text: string; readonly at: string }[];
}

/** What the event stream tells. Only typing and a reset are told nowhere else; all other kinds just mean: read again. */
export type NetworkEvent =
  | { readonly kind: 'typing'; readonly account: string; readonly chat: string; readonly state: 'composing' | 'recording' | 'paused' }
  | { readonly kind: 'message'; readonly entry: LedgerEntry }
  | { readonly kind: 'state' | 'account' | 'person' | 'unknown' | 'rules' | 'faults' | 'group' | 'reset' };

/** A customer of the demo company whom a newcomer may pick: `GET /demo-people.json`, if this simulator serves one. */
export interface SamplePerson {
  readonly number: string;
  readonly name: string;
  readonly note?: string;
}
