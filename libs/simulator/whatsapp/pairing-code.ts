import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Connection } from './connection.js';
import { agree, type KeyPair, newKeyPair } from './keys.js';
import { bytes, child, newId, seconds, SERVER, type Stanza, stanza, userOf } from './stanza.js';
import type { Account } from './users.js';

const PBKDF2_ROUNDS = 2 << 16;
const TAG_LENGTH = 16;

/** A client that shows a code and waits for its owner to type it on the phone. */
export interface CodePairing {
  number: string;
  /** The client's ephemeral key, locked with the code: salt 32, iv 16, ciphertext. */
  wrappedEphemeral: Buffer;
  /** What is known once a code was typed; with a wrong code the client's key is garbage. */
  agreed?: { ephemeral: KeyPair; clientEphemeral: Buffer };
}

const keyOf = (code: string, salt: Buffer): Promise<Buffer> => promisify(pbkdf2)(code, salt, PBKDF2_ROUNDS, 32, 'sha256');

/** `companion_hello`: the client asks the phone's owner for the code. */
export function answerHello(connection: Connection, iq: Stanza, node: Stanza): void {
  connection.codePairing = {
    number: userOf(node.attrs['jid']),
    wrappedEphemeral: bytes(child(node, 'link_code_pairing_wrapped_companion_ephemeral_pub')),
  };
  const ref = stanza('link_code_pairing_ref', {}, randomBytes(16));
  const answer = stanza('link_code_companion_reg', { stage: 'companion_hello' }, [ref]);
  connection.send(stanza('iq', { from: SERVER, type: 'result', id: iq.attrs['id'] }, [answer]));
}

/** `primary_hello`: the phone's ephemeral key, locked with the same code, and its identity. */
export async function sendPrimaryHello(connection: Connection, account: Account, code: string): Promise<void> {
  const pairing = connection.codePairing;
  if (!pairing) return;
  const { wrappedEphemeral: wrapped } = pairing;
  const decipher = createDecipheriv('aes-256-ctr', await keyOf(code, wrapped.subarray(0, 32)), wrapped.subarray(32, 48));
  const clientEphemeral = Buffer.concat([decipher.update(wrapped.subarray(48)), decipher.final()]);
  const ephemeral = newKeyPair();
  pairing.agreed = { ephemeral, clientEphemeral };
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const cipher = createCipheriv('aes-256-ctr', await keyOf(code, salt), iv);
  const locked = Buffer.concat([salt, iv, cipher.update(ephemeral.public), cipher.final()]);
  const hello = stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
    stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, locked),
    stanza('primary_identity_pub', {}, account.phone.keys.identity.public),
    stanza('link_code_pairing_ref', {}, randomBytes(16)),
  ]);
  const attrs = { from: SERVER, type: 'link_code_companion_reg', id: newId(), t: seconds() };
  connection.send(stanza('notification', attrs, [hello]));
}

/** `companion_finish`: proves that both had the same code. Undefined if they had not. */
export function openFinish(connection: Connection, node: Stanza): { advSecret(identityShared: Buffer): Buffer } | undefined {
  const agreed = connection.codePairing?.agreed;
  const identity = connection.registration?.eIdent;
  if (!agreed || !identity) return undefined;
  const bundle = bytes(child(node, 'link_code_pairing_wrapped_key_bundle'));
  const shared = agree(agreed.ephemeral, agreed.clientEphemeral);
  const info = 'link_code_pairing_key_bundle_encryption_key';
  const key = Buffer.from(hkdfSync('sha256', shared, bundle.subarray(0, 32), info, 32));
  const decipher = createDecipheriv('aes-256-gcm', key, bundle.subarray(32, 44));
  decipher.setAuthTag(bundle.subarray(-TAG_LENGTH));
  const plain = decipher.update(bundle.subarray(44, -TAG_LENGTH)); // client's identity, phone's identity, random: 32 bytes each
  try {
    decipher.final();
  } catch {
    return undefined; // locked with another key: the codes differ
  }
  if (!plain.subarray(0, 32).equals(identity)) return undefined;
  const random = plain.subarray(64);
  return {
    advSecret: (identityShared) => {
      const secrets = Buffer.concat([shared, identityShared, random]);
      return Buffer.from(hkdfSync('sha256', secrets, Buffer.alloc(0), 'adv_secret', 32));
    },
  };
}
