import type { KeyPair } from './keys.js';
import type { LedgerEntry } from './ledger.js';
import type { Restriction } from './restrictions.js';

export interface NetworkSettings {
  /** Folder that keeps the world over a restart; without it everything ends with the process. */
  stateDir?: string;
  /** Root of the certificates; by default the fixed one whose public half is `SIMULATOR_ROOT_PUBLIC_KEY`. */
  rootKey?: KeyPair;
  /** Milliseconds since 1970, for what expires; by default the machine's clock. */
  now?: () => number;
  /** Is told what went wrong inside; silent by default. */
  log?: (message: string, error?: unknown) => void;
}

export type Typing = 'composing' | 'recording' | 'paused';

/** What happened, for whoever watches. */
export type NetworkEvent =
  | { kind: 'message' | 'state'; entry: LedgerEntry }
  | { kind: 'account' | 'person'; number: string }
  | { kind: 'group'; id: string }
  | { kind: 'typing'; account: string; chat: string; state: Typing }
  | { kind: 'unknown' | 'rules' | 'faults' | 'reset' };

export interface AccountSettings {
  name?: string;
  /** Whether the phone has WhatsApp Business (the default) or the ordinary application. */
  business?: boolean;
}

export interface PersonSettings {
  name: string;
  /** Digits of its LID (others than it has: it gets another one); or whether the network addresses it by LID (true, as today) or by phone number. */
  lid?: string | boolean;
  /** Businesses see only its LID. */
  hidePhone?: boolean;
  /** The first message of each of its chats comes from an advertisement. */
  ad?: boolean;
}

export interface AccountView {
  number: string;
  name: string;
  business: boolean;
  linked: boolean;
  online: boolean;
  restriction?: Restriction;
}
