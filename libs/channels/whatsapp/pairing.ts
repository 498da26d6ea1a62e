import { configureSuccessfulPairing, type AuthenticationCreds, type BinaryNode, type WASocket } from '@whiskeysockets/baileys';
import type { Pairing } from '../../domain/pairing.js';
import { takeOver } from './gate.js';

/** The phone runs ordinary WhatsApp: only WhatsApp Business may be linked. */
export class OrdinaryWhatsApp extends Error {
  override readonly name = 'OrdinaryWhatsApp';
}

/** How long a QR lives: the first a minute, each later one 20 s (Baileys, `CB:iq,type:set,pair-device`). A code lives some minutes. */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const CODE_MS = 180_000;
const REMOVAL_LIMIT_MS = 5_000;

/** True once a phone has taken this device in. */
export const isLinked = (creds: AuthenticationCreds): boolean => creds.account !== undefined;

/** The platform that the phone named when it was linked: `smba` and `smbi` are WhatsApp Business for Android and iPhone. */
export const isBusiness = (creds: AuthenticationCreds): boolean => /^smb/.test(creds.platform ?? '');

/** The phone's number, in digits. */
export const numberOf = (creds: AuthenticationCreds): string | undefined => /^\d{6,15}/.exec(creds.me?.id ?? '')?.[0];

/**
 * Turns each QR of the network into a pairing to be shown; with a number, the QR's coming means that the network is ready to be asked
 * for a code to be typed on that phone instead.
 */
export function offerPairing(
  sock: WASocket,
  number: string | undefined,
  show: (pairing: Pairing, livesMs: number) => Promise<void>,
  onError: (error: unknown) => void,
): void {
  let shown = 0;
  sock.ev.on('connection.update', ({ qr }) => {
    if (!qr) return;
    const first = shown++ === 0;
    if (!number) void show({ kind: 'qr', text: qr }, first ? FIRST_QR_MS : NEXT_QR_MS).catch(onError);
    else if (first) {
      void sock.requestPairingCode(number).then((code) => show({ kind: 'code', code }, CODE_MS)).catch(onError);
    }
  });
}

/**
 * Saves the credentials of a new link before the phone is answered. Baileys answers at once and the network then closes the
 * connection, so that a save begun by its event may come too late: the phone would show a device that nobody can use.
 */
export function saveBeforeAnswering(sock: WASocket, save: (creds: AuthenticationCreds) => Promise<void>, onError: (error: unknown) => void): void {
  const native = takeOver<BinaryNode>(sock.ws, 'CB:iq,,pair-success');
  sock.ws.on('CB:iq,,pair-success', (stanza: BinaryNode) => {
    const linked = async () => {
      const { creds } = sock.authState;
      await save({ ...creds, ...configureSuccessfulPairing(stanza, creds).creds });
      await native(stanza);
    };
    linked().catch(onError);
  });
}

/** Takes this device off the phone's list of linked devices; gives up after 5 s. */
export async function removeDevice(sock: WASocket): Promise<void> {
  const jid = sock.authState.creds.me?.id;
  if (!jid) return;
  const attrs = { to: '@s.whatsapp.net', type: 'set', xmlns: 'md', id: sock.generateMessageTag() };
  const content = [{ tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } }];
  const limit = new Promise<void>((resolve) => setTimeout(resolve, REMOVAL_LIMIT_MS).unref());
  await Promise.race([sock.query({ tag: 'iq', attrs, content }, REMOVAL_LIMIT_MS).catch(() => undefined), limit]);
}

/**
 * For a device that may not be linked: says goodbye as the first thing after the login, before the network hands over a single
 * message.
 */
export function refuseAtLogin(sock: WASocket, done: () => void): void {
  sock.ws.removeAllListeners('CB:success');
  sock.ws.on('CB:success', () => void removeDevice(sock).then(done, done));
}
