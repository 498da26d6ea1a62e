import './quiet.js';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Curve, generateSignalPubKey } from '@whiskeysockets/baileys';
import { verifySignature } from 'libsignal/src/curve.js';

/** Curve25519 keys, 32 bytes each, without Signal's type byte. */
export interface KeyPair {
  private: Buffer;
  public: Buffer;
}

const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_PREFIX_LENGTH = 12;

export function newKeyPair(): KeyPair {
  const pair = Curve.generateKeyPair();
  return { private: Buffer.from(pair.private), public: Buffer.from(pair.public) };
}

/** The key pair whose private half is these 32 bytes. */
export function keyPairOf(privateKey: Buffer): KeyPair {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, privateKey]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { private: privateKey, public: spki.subarray(SPKI_PREFIX_LENGTH) };
}

/** XEdDSA signature, 64 bytes. */
export const sign = (pair: KeyPair, data: Uint8Array): Buffer => Buffer.from(Curve.sign(pair.private, data));

/**
 * Whether that signature is right. Not by Baileys' `Curve.verify` (7.0.0-rc14): it only looks whether libsignal 6.0.0 throws, which
 * it does not for a wrong signature.
 */
export const verify = (publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean =>
  signature.length === 64 && verifySignature(Buffer.from(generateSignalPubKey(publicKey)), data, signature);

/** X25519 agreement, 32 bytes. */
export const agree = (mine: KeyPair, theirs: Uint8Array): Buffer => Curve.sharedKey(mine.private, theirs);
