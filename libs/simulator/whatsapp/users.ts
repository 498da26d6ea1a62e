import type { Connection } from './connection.js';
import type { Restriction } from './restrictions.js';
import type { KeyBundle, SignalEndpoint, SignedPreKey } from './signal-endpoint.js';
import type { Stanza } from './stanza.js';

/** Somebody with a phone on the network. */
export abstract class User {
  constructor(
    /** E.164 digits without `+`. */
    readonly number: string,
    /** The digits by which the network hides that number (`…@lid`). */
    public lid: string,
    public name: string,
    /** The phone's end of Signal: device 0. */
    readonly phone: SignalEndpoint,
  ) {}

  get phoneJid(): string {
    return `${this.number}@s.whatsapp.net`;
  }

  get lidJid(): string {
    return `${this.lid}@lid`;
  }

  /** The phone number's jid, if others may see it. */
  get shownPhoneJid(): string | undefined {
    return this.phoneJid;
  }
}

/** A virtual customer. */
export class Person extends User {
  /** Businesses see only the LID: no stanza names the number. */
  hidePhone = false;
  /** The first message of a chat comes from an advertisement. */
  ad = false;
  /** How the network addresses this person's messages: by LID as today, or by phone as before the migration. */
  addressing: 'lid' | 'phone' = 'lid';

  override get shownPhoneJid(): string | undefined {
    return this.hidePhone ? undefined : this.phoneJid;
  }

  /** The address of a chat with this person. */
  get jid(): string {
    return this.addressing === 'lid' || this.hidePhone ? this.lidJid : this.phoneJid;
  }
}

/** A phone to which clients can be linked. */
export class Account extends User {
  /** WhatsApp Business, or the ordinary application. */
  business = true;
  restriction?: Restriction;
  readonly devices = new Map<number, LinkedDevice>();
  nextDevice = 1;
}

/** A stanza that a linked device has not confirmed yet. */
export interface QueuedStanza {
  key: string;
  order: number;
  node: Stanza;
  /** The connection on which it was last handed over. */
  sentOn?: Connection;
  /** The fault `reorder` has let another one overtake it. */
  wasHeld?: boolean;
  /** It answers the client's request for another copy. */
  askedAgain?: boolean;
}

/** What the server knows of a client that was linked to a phone. */
export class LinkedDevice {
  /** One-time keys that the client has uploaded. */
  readonly preKeys: { id: number; public: Buffer }[] = [];
  readonly queue = new Map<string, QueuedStanza>();
  /** The phone has sent its keys and history. */
  bootstrapped = false;
  /** It is told that the server has enough of its one-time keys, so that it uploads none: sessions with it start without one. */
  sparesPreKeys = false;
  connection?: Connection;
  /** The connection on which the backlog was handed over: live stanzas follow only there. */
  ready?: Connection;

  constructor(
    readonly account: Account,
    readonly id: number,
    readonly keyIndex: number,
    readonly noiseKey: Buffer,
    readonly keys: { registrationId: number; identity: Buffer; signedPreKey: SignedPreKey },
  ) {}

  /** Names this device in Signal sessions, in phone and LID chats alike. */
  get address(): string {
    return `${this.account.number}:${this.id}`;
  }

  get phoneJid(): string {
    return `${this.address}@s.whatsapp.net`;
  }

  get lidJid(): string {
    return `${this.account.lid}:${this.id}@lid`;
  }

  /** What the key server hands out for this device, with the given one-time key if there was one left. */
  bundleWith(preKey: KeyBundle['preKey']): KeyBundle {
    return { ...this.keys, preKey };
  }
}
