import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Kinds of message that carry a file. */
export const MEDIA_KINDS = ['image', 'video', 'audio', 'document', 'sticker'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** What the keys of each kind are derived for: `WhatsApp … Keys`. */
const PURPOSE: Record<MediaKind, string> = { image: 'Image', video: 'Video', audio: 'Audio', document: 'Document', sticker: 'Image' };
const MAC_LENGTH = 10;

/** A file as it lies on the media host, and the secret that opens it, which travels in the message. */
export interface EncryptedFile {
  blob: Buffer;
  mediaKey: Buffer;
  fileSha256: Buffer;
  fileEncSha256: Buffer;
  fileLength: number;
}

/** The blob is not what its message says: a phone shows no file. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

export const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();

/** AES-256-CBC, then the first ten bytes of an HMAC over IV and ciphertext; all keys from one (HKDF-SHA256). */
export function encryptFile(file: Buffer, kind: MediaKind, mediaKey = randomBytes(32)): EncryptedFile {
  const { iv, cipherKey, macKey } = keysOf(mediaKey, kind);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(file), cipher.final()]);
  const blob = Buffer.concat([ciphertext, macOf(macKey, iv, ciphertext)]);
  return { blob, mediaKey, fileSha256: sha256(file), fileEncSha256: sha256(blob), fileLength: file.length };
}

/** @throws DamagedFile if the MAC or the content does not fit */
export function decryptFile(blob: Buffer, kind: MediaKind, mediaKey: Buffer, fileSha256?: Uint8Array | null): Buffer {
  const { iv, cipherKey, macKey } = keysOf(mediaKey, kind);
  const ciphertext = blob.subarray(0, -MAC_LENGTH);
  const mac = blob.subarray(-MAC_LENGTH);
  if (mac.length !== MAC_LENGTH || !timingSafeEqual(mac, macOf(macKey, iv, ciphertext))) throw new DamagedFile('wrong MAC');
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
  const file = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  if (fileSha256?.length && !sha256(file).equals(fileSha256)) throw new DamagedFile('wrong SHA-256');
  return file;
}

function keysOf(mediaKey: Buffer, kind: MediaKind) {
  const expanded = Buffer.from(hkdfSync('sha256', mediaKey, '', `WhatsApp ${PURPOSE[kind]} Keys`, 112));
  return { iv: expanded.subarray(0, 16), cipherKey: expanded.subarray(16, 48), macKey: expanded.subarray(48, 80) };
}

const macOf = (key: Buffer, iv: Buffer, ciphertext: Buffer): Buffer =>
  createHmac('sha256', key).update(iv).update(ciphertext).digest().subarray(0, MAC_LENGTH);
