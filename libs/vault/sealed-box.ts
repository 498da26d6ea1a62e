import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value that was altered, belongs elsewhere, or was sealed under another key. Says nothing of its content. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/**
 * AES-256-GCM: iv (12 bytes), tag (16), ciphertext.
 * @param key a KeyObject where there are many: Node 24 takes four times as long with bare bytes
 * @param context binds the value to its place: opening it elsewhere fails
 */
export function seal(key: KeyObject | Uint8Array, plain: Uint8Array, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** @throws CannotOpen */
export function open(key: KeyObject | Uint8Array, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new CannotOpen('too short to be sealed');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new CannotOpen('altered, moved, or sealed under another key');
  }
}
