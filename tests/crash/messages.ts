import type { SendRequest } from '../../libs/channels/channel.js';

/** What a gateway under test is started with. */
export interface GatewaySettings {
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  simulatorUrl: string;
  simulatorRootKey: string;
  /** Of its media host, DER in base64. */
  simulatorCertificate: string;
  holder: string;
  ttlMs: number;
  /** Folder of the files that come and go. */
  mediaDir: string;
}

/** Where in the journal of a message, in a send, or with a file the process kills itself. */
export type KillPoint = 'before-commit' | 'while-commit' | 'after-commit' | 'ratchet-of-a-send' | 'file-opened' | 'file-stored';

export type ToGateway =
  | { start: GatewaySettings }
  | { kill: { point: KillPoint; nth: number } }
  | { delayMs: number }
  | { send: SendRequest };

export type FromGateway =
  | { ready: true }
  /** A journal call has come and waits before it reaches the database. */
  | { delayed: true }
  | { arrived: { conversation: string; upTo: number } }
  | { sent: { message: string; state: 'sent' | 'failed' | 'unknown' | 'retry' } };
