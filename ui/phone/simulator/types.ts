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
}

/** `refused`: the network or the receiver said no; `unreadable`: the receiver could not decrypt it and asked again. */
export type MessageState = 'sent' | 'delivered' | 'read' | 'refused' | 'unreadable';

/** A message as that person's phone shows it. */
export interface ChatMessage {
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  readonly from: string;
  readonly kind: string;
  readonly text?: string;
  readonly media?: { readonly fileName?: string; readonly mimetype?: string };
  /** Id of the quoted message. */
  readonly quote?: string;
  readonly state: MessageState;
}

/** One message that the network has carried, and what became of it. */
export interface LedgerEntry {
  /** Grows on every change of any entry: the cursor for `after`. */
  readonly seq: number;
  /** Place among all messages. */
  readonly order: number;
  readonly at: string;
  /** `in`: customer to business; `out`: Hilo to a customer; `own`: the owner typed it on the phone. */
  readonly direction: 'in' | 'out' | 'own';
  readonly account: string;
  /** Number of the other side. */
  readonly chat: string;
  readonly id: string;
  readonly kind: string;
  readonly text?: string;
  readonly state: MessageState;
  /** How often the network carried that id: 1, plus repeats. */
  readonly copies: number;
  readonly error?: string;
}

export type FaultKind = 'drop-connection' | 'refuse-connection' | 'duplicate' | 'delay' | 'lose-receipt' | 'freeze';

export interface Fault {
  readonly account?: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly ms?: number;
}

/** What the event stream tells. Only typing and a reset are told nowhere else; all other kinds just mean: read again. */
export type NetworkEvent =
  | { readonly kind: 'typing'; readonly account: string; readonly chat: string; readonly state: 'composing' | 'recording' | 'paused' }
  | { readonly kind: 'message'; readonly entry: LedgerEntry }
  | { readonly kind: 'state' | 'account' | 'person' | 'unknown' | 'rules' | 'faults' | 'reset' };

/** A customer of the demo company whom a newcomer may pick: `GET /demo-people.json`, if this simulator serves one. */
export interface SamplePerson {
  readonly number: string;
  readonly name: string;
  readonly note?: string;
}
