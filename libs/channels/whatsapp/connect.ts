import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS, type UserFacingSocketConfig, type WAVersion } from '@whiskeysockets/baileys';

/** Which network a process talks to. */
export interface NetworkSettings {
  network: 'simulator' | 'real';
  /** WebSocket of the simulator; never used with `real`. */
  simulatorUrl: string;
  /** Root public key of the simulator's certificates, 32 bytes in hex. */
  simulatorRootKey: string;
  /** TLS certificate of the simulator's media host, DER in base64; without it no file can be sent or fetched there. */
  simulatorCertificate?: string;
  /** WhatsApp Web version as a.b.c; the client's own if absent. */
  version?: string;
}

/** Where files lie: the client's own default, or the simulator, which has them beside its WebSocket. */
export const mediaHost = ({ network, simulatorUrl }: NetworkSettings): string =>
  network === 'simulator' ? new URL(simulatorUrl).host : 'mmg.whatsapp.net';

/** How soon a dead connection is noticed: 5 s after this, at the next tick. */
const KEEP_ALIVE_MS = 15_000;
/** A query that the network does not answer; nothing that waits for one may wait longer than an activity. */
const QUERY_LIMIT_MS = 20_000;

/**
 * Makes this process trust the simulator's certificates. Whoever holds that key could pose as WhatsApp. Files go by HTTPS, which the
 * client does partly by `fetch` and partly by `https`: the default authorities are what both look at.
 * @throws Error unless the network is the simulator
 */
export function trustSimulator({ network, simulatorRootKey, simulatorCertificate }: NetworkSettings): void {
  if (network !== 'simulator') throw new Error('The root key of the simulator is accepted only with WHATSAPP=simulator');
  if (!/^[0-9a-f]{64}$/.test(simulatorRootKey)) throw new Error('The root key of the simulator is not 32 bytes in hex');
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(simulatorRootKey, 'hex');
  if (!simulatorCertificate) return;
  const certificate = new X509Certificate(Buffer.from(simulatorCertificate, 'base64')).toString();
  setDefaultCACertificates([...new Set([...getCACertificates('default'), certificate])]);
}

/**
 * TLS is all that proves that the other side is WhatsApp: the client (7.0.0-rc14) neither looks at the signatures of the Noise
 * certificates (libsignal answers false where it expects an exception) nor compares the certified key with the one that the server
 * uses. So it may not be switched off by the environment (NODE_TLS_REJECT_UNAUTHORIZED) either.
 */
const provenByTls = (): Agent => new Agent({ rejectUnauthorized: true });

/** @throws Error for anything but a.b.c */
export function versionOf(text: string): WAVersion {
  const parts = text.split('.').map(Number);
  const [major, minor, patch] = parts;
  if (parts.length !== 3 || parts.some((part) => !Number.isInteger(part)) || major === undefined) {
    throw new Error('WHATSAPP_VERSION must look like 2.3000.1043857760');
  }
  return [major, minor!, patch!];
}

/**
 * Options of every socket. Retries of a commit are ours (only deadlocks, inside one store call): Baileys' ten would hold the mutex of
 * a session that is lost anyway. The owner's phone keeps ringing: the device does not show itself online.
 */
export function socketOptions(settings: NetworkSettings): Partial<UserFacingSocketConfig> {
  return {
    ...(settings.network === 'simulator'
      ? { waWebSocketUrl: settings.simulatorUrl }
      : { waWebSocketUrl: DEFAULT_CONNECTION_CONFIG.waWebSocketUrl, agent: provenByTls() }),
    version: settings.version ? versionOf(settings.version) : DEFAULT_CONNECTION_CONFIG.version,
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
    keepAliveIntervalMs: KEEP_ALIVE_MS,
    defaultQueryTimeoutMs: QUERY_LIMIT_MS,
    markOnlineOnConnect: false,
    syncFullHistory: false,
    generateHighQualityLinkPreview: false,
  };
}
